package io.graphqlfiles.storage.s3;

import static io.graphqlfiles.storage.s3.Content.bytes;
import static io.graphqlfiles.storage.s3.FaultyProxy.after;
import static io.graphqlfiles.storage.s3.FaultyProxy.answer;
import static io.graphqlfiles.storage.s3.FaultyProxy.brokenConnection;
import static io.graphqlfiles.storage.s3.FaultyProxy.done;
import static io.graphqlfiles.storage.s3.FaultyProxy.lostAnswer;
import static io.graphqlfiles.storage.s3.FaultyProxy.matches;
import static io.graphqlfiles.storage.s3.FaultyProxy.method;
import static io.graphqlfiles.storage.s3.FaultyProxy.passOn;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobHead;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/** Copies of one request: what they cost, and that nobody gets other bytes through than those that were looked at. */
@Timeout(60)
class S3CopiesTest extends BehindFaultyProxy {

    private static final Predicate<String> COPY = matches("PUT .*-copy.*");

    private S3Client direct;
    private S3Client client;
    private S3BlobStore store;
    private String key;

    @BeforeEach
    void start() {
        direct = server.newClient().build();
        client = server.newClient()
                .endpointOverride(proxy.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        store = S3BlobStore.at(client, server.bucket());
        key = "copies/" + UUID.randomUUID();
    }

    @AfterEach
    void stop() {
        direct.close();
        client.close();
    }

    @Test
    void look_thenCopy_areTwoRequests() throws IOException {
        put(bytes(1, 1000));
        int before = proxy.requests().size();

        BlobHead head = store.head(key, 100);
        BlobInfo copy = store.copy(copyOf(head.info()));

        assertThat(requestsSince(before)).containsExactly("GET", "PUT");
        assertThat(head.bytes()).isEqualTo(bytes(1, 100));
        assertCopied(copy, bytes(1, 1000));
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 1", "1000, 1", "300000, 1"})
    void head_anySize(int size, int requests) throws IOException {
        put(bytes(1, size));
        int before = proxy.requests().size();

        BlobHead head = store.head(key, 1000);

        assertThat(requestsSince(before)).hasSize(requests);
        assertThat(head.info()).isEqualTo(store.stat(key));
        assertThat(head.bytes()).isEqualTo(bytes(1, Math.min(size, 1000)));
    }

    @Test
    void copy_emptyBlob_isOneRequest() throws IOException {
        BlobInfo source = put(new byte[0]);
        int before = proxy.requests().size();

        BlobInfo copy = store.copy(copyOf(source));

        assertThat(requestsSince(before)).containsExactly("PUT");
        assertCopied(copy, new byte[0]);
    }

    @Test
    void copy_sourceReplacedSinceTheLook_isRefused() throws IOException {
        put(bytes(1, 1000));
        BlobInfo seen = store.head(key, 100).info();
        replace(bytes(2, 1000));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key));
        assertThat(store.stat(key + "-copy")).isNull();
    }

    @Test
    void copy_sourceDeletedSinceTheLook() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        store.delete(List.of(key));

        assertThatExceptionOfType(BlobNotFoundException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key));
        assertThat(store.stat(key + "-copy")).isNull();
    }

    @Test
    void copy_serverIgnoresThePin_sourceReplacedSinceTheLook_isNoticed() throws IOException {
        put(bytes(1, 1000));
        BlobInfo seen = store.head(key, 100).info();
        replace(bytes(2, 1000));
        proxy.always(COPY, new Unpinned(Map.of()));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(BlobIntegrityException.class)
                    .isThrownBy(() -> store.copy(copyOf(seen)))
                    .satisfies(e -> assertThat(e.key()).isEqualTo(key));
            assertThat(store.stat(key + "-copy")).isNull();
        }
    }

    @Test
    void copy_serverIgnoresThePin_sourceReplacedJustBefore_isNoticed() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.always(COPY, new Unpinned(Map.of()));
        proxy.next(1, COPY, after(() -> replace(bytes(2, 1000)), new Unpinned(Map.of())));

        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> store.copy(copyOf(seen)));
        assertThat(store.stat(key + "-copy")).isNull();
    }

    @Test
    void copy_serverIgnoresThePin_sameVersionInTheAnswer_isBelieved() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.always(COPY, new Unpinned(Map.of()));
        int before = proxy.requests().size();

        BlobInfo copy = store.copy(copyOf(seen));

        assertThat(requestsSince(before)).containsExactly("PUT");
        assertCopied(copy, bytes(1, 1000));
    }

    @Test
    void copy_serverIgnoresThePinAndNamesAnotherVersion_isLookedAtOnceMore() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.always(COPY, new Unpinned(Map.of(seen.version(), "otherwise")));
        int before = proxy.requests().size();

        BlobInfo first = store.copy(copyOf(seen));
        // The copy, whether pins are heeded, the source, and what the answer to the second has changed.
        assertThat(requestsSince(before)).containsExactly("PUT", "PUT", "HEAD", "HEAD");
        assertThat(first).isEqualTo(store.stat(key + "-copy"));

        int between = proxy.requests().size();
        store.copy(copyOf(seen));
        assertThat(requestsSince(between)).containsExactly("PUT", "HEAD", "HEAD");
    }

    @Test
    void copy_ofWhatCameInParts_asksOnceWhetherPinsAreHeeded() throws IOException {
        int size = 5 * 1024 * 1024 + 10;
        PartUpload upload = store.beginParts(new PartUploadRequest(key, size, 5 * 1024 * 1024, "image/png"));
        store.putPart(new PutPartRequest(upload, 1, 5 * 1024 * 1024), Content.stream(1, 5 * 1024 * 1024));
        store.putPart(new PutPartRequest(upload, 2, 10), Content.stream(2, 10));
        store.completeParts(upload, store.listParts(upload));
        BlobInfo seen = store.stat(key);
        int before = proxy.requests().size();

        store.copy(copyOf(seen));
        assertThat(requestsSince(before)).containsExactly("PUT", "PUT");

        int between = proxy.requests().size();
        BlobInfo copy = store.copy(copyOf(seen));
        assertThat(requestsSince(between)).containsExactly("PUT");
        assertThat(copy.version()).isEqualTo(store.stat(key + "-copy").version());
        assertThat(copy.byteSize()).isEqualTo(size);
    }

    @Test
    void copy_pinsFoundHeeded_doNotLetAnotherVersionThrough() throws IOException {
        copy_ofWhatCameInParts_asksOnceWhetherPinsAreHeeded();
        BlobInfo seen = store.stat(key);
        replace(bytes(3, 1000));

        assertThatExceptionOfType(BlobIntegrityException.class)
                .isThrownBy(() -> store.copy(
                        new CopyRequest(seen, key + "-copy-too", "image/png", "inline", Visibility.PRIVATE)));
        assertThat(store.stat(key + "-copy-too")).isNull();
    }

    @Test
    void copy_targetTaken_isToldApartFromAChangedSource() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        direct.putObject(put -> put.bucket(server.bucket()).key(key + "-copy"), RequestBody.fromBytes(bytes(2, 10)));
        proxy.always(COPY, answer(412, "PreconditionFailed"));

        assertThatExceptionOfType(BlobAlreadyExistsException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .satisfies(e -> assertThat(e.key()).isEqualTo(key + "-copy"));
        assertThat(store.stat(key + "-copy").byteSize()).isEqualTo(10);
    }

    @Test
    void copy_serverKnowsNoConditionOnTheTarget_isAskedWithoutFromThenOn() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.always(COPY, (exchange, target) -> {
            boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
            (conditional ? answer(501, "NotImplemented") : passOn()).apply(exchange, target);
        });
        int before = proxy.requests().size();

        assertCopied(store.copy(copyOf(seen)), bytes(1, 1000));
        assertThat(requestsSince(before)).startsWith("PUT", "PUT");

        int between = proxy.requests().size();
        store.copy(copyOf(seen));
        assertThat(requestsSince(between)).containsExactly("PUT");
    }

    @Test
    void copy_conflictWithAnotherWriter_isTriedAgain() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.next(2, COPY, answer(409, "ConditionalRequestConflict"));

        assertCopied(store.copy(copyOf(seen)), bytes(1, 1000));
    }

    @Test
    void copy_answerLost_tellsOfTheBlob() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.next(1, COPY, lostAnswer());

        assertCopied(store.copy(copyOf(seen)), bytes(1, 1000));
    }

    @Test
    void copy_answerLost_repeatedByTheClientAfterTheSourceWasReplaced_tellsOfTheBlob() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.next(1, COPY, done(after(() -> replace(bytes(2, 1000)), brokenConnection())));
        try (S3Client repeating =
                server.newClient().endpointOverride(proxy.endpoint()).build()) {
            BlobInfo copy = S3BlobStore.at(repeating, server.bucket()).copy(copyOf(seen));

            assertCopied(copy, bytes(1, 1000));
        }
    }

    @Test
    void copy_doneButErrorInAnAnswerOfSuccess_tellsOfTheBlob() throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.next(1, COPY, done(answer(200, "InternalError")));

        assertCopied(store.copy(copyOf(seen)), bytes(1, 1000));
    }

    @ParameterizedTest
    @CsvSource({"503, SlowDown, true", "200, InternalError, true", "403, AccessDenied, false"})
    void copy_requestFails_leavesNothing(int status, String code, boolean retryable) throws IOException {
        BlobInfo seen = put(bytes(1, 1000));
        proxy.always(COPY, answer(status, code));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.copy(copyOf(seen)))
                .satisfies(e -> assertThat(e.isRetryable()).isEqualTo(retryable));
        assertThat(store.stat(key + "-copy")).isNull();
    }

    @Test
    void head_rangeIgnoredByTheServer_tellsTheSameAndLeaksNoConnection() throws IOException {
        byte[] content = bytes(1, 300_000);
        put(content);
        proxy.always(method("GET"), (exchange, target) -> {
            exchange.getResponseHeaders().set("ETag", "\"v\"");
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 31 Jan 2030 10:00:00 GMT");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });

        for (int i = 0; i < 100; i++) {
            BlobHead head = store.head(key, 1000);
            assertThat(head.info().byteSize()).isEqualTo(content.length);
            assertThat(head.bytes()).isEqualTo(bytes(1, 1000));
        }
    }

    @Test
    void head_replacedByAnEmptyBlobMeanwhile_isOfOneVersion() throws IOException {
        put(bytes(1, 10));
        proxy.next(1, method("GET"), answer(416, "InvalidRange"));

        assertThatExceptionOfType(BlobIntegrityException.class).isThrownBy(() -> store.head(key, 1000));
    }

    @Test
    void put_timeOfCreation_isTheAnswersDate() throws IOException {
        BlobInfo put = put(bytes(1, 10));

        assertThat(Duration.between(put.createdAt(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
        assertThat(put.createdAt()).isEqualTo(put.createdAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private BlobInfo put(byte[] content) throws IOException {
        return store.put(
                new PutRequest(key, content.length, "image/png", "inline", Visibility.PRIVATE),
                new ByteArrayInputStream(content));
    }

    private void replace(byte[] content) {
        direct.putObject(put -> put.bucket(server.bucket()).key(key), RequestBody.fromBytes(content));
    }

    private CopyRequest copyOf(BlobInfo seen) {
        return new CopyRequest(seen, key + "-copy", "text/plain", "attachment", Visibility.PRIVATE);
    }

    private void assertCopied(BlobInfo copy, byte[] content) throws IOException {
        BlobInfo stat = store.stat(key + "-copy");
        assertThat(copy.version()).isEqualTo(stat.version());
        assertThat(copy.byteSize()).isEqualTo(stat.byteSize()).isEqualTo(content.length);
        assertThat(stat.contentType()).isEqualTo("text/plain").isEqualTo(copy.contentType());
        assertThat(stat.contentDisposition()).isEqualTo("attachment").isEqualTo(copy.contentDisposition());
        try (InputStream in = store.open(key + "-copy", ByteRange.whole())) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    private Stream<String> requestsSince(int before) {
        List<String> requests = proxy.requests();
        return requests.subList(before, requests.size()).stream()
                .map(request -> request.substring(0, request.indexOf(" ")));
    }

    /** Copies what is there, whatever the condition on the source says. */
    private final class Unpinned implements FaultyProxy.Fault {

        private final Map<String, String> eTags;

        /** @param eTags by what to call versions in answers */
        Unpinned(Map<String, String> eTags) {
            this.eTags = new ConcurrentHashMap<>(eTags);
        }

        @Override
        public void apply(HttpExchange exchange, FaultyProxy proxy) throws IOException {
            exchange.getRequestBody().readAllBytes();
            String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
            CopyObjectResponse copied = direct.copyObject(copy -> copy.sourceBucket(server.bucket())
                    .sourceKey(source.substring(source.indexOf("copies/")))
                    .destinationBucket(server.bucket())
                    .destinationKey(exchange.getRequestURI()
                            .getPath()
                            .substring(server.bucket().length() + 2))
                    .metadataDirective(MetadataDirective.REPLACE)
                    .contentType(exchange.getRequestHeaders().getFirst("Content-Type"))
                    .contentDisposition(exchange.getRequestHeaders().getFirst("Content-Disposition"))
                    .metadata(Map.of(
                            "graphql-files-write",
                            exchange.getRequestHeaders().getFirst("x-amz-meta-graphql-files-write"))));
            String eTag = ETags.bare(copied.copyObjectResult().eTag());
            byte[] body = ("<CopyObjectResult><ETag>\"" + eTags.getOrDefault(eTag, eTag)
                            + "\"</ETag></CopyObjectResult>")
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
