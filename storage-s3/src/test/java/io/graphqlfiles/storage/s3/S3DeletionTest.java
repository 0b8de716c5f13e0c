package io.graphqlfiles.storage.s3;

import static io.graphqlfiles.storage.s3.FaultyProxy.answer;
import static io.graphqlfiles.storage.s3.FaultyProxy.matches;
import static io.graphqlfiles.storage.s3.FaultyProxy.method;
import static io.graphqlfiles.storage.s3.FaultyProxy.passOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.s3.FaultyProxy.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** Deleting on servers that take many keys in one request, and on those that do not. */
@Timeout(60)
class S3DeletionTest extends BehindFaultyProxy {

    private static final String MANY = "POST .*[?]delete.*";

    private S3Client client;
    private S3BlobStore store;

    @BeforeEach
    void start() {
        client = server.newClient()
                .endpointOverride(proxy.endpoint())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        store = S3BlobStore.at(client, server.bucket());
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void delete_serverWantsContentMd5_isDone(int count) throws IOException {
        List<String> keys = put(count);
        proxy.always(matches(MANY), unlessContentMd5(answer(400, "MissingContentMD5")));

        store.delete(keys);

        assertThat(keys).allMatch(key -> store.stat(key) == null);
    }

    @Test
    void delete_serverWantsContentMd5_clientSendsIt_isOneRequest() throws IOException {
        List<String> keys = put(3);
        proxy.always(matches(MANY), unlessContentMd5(answer(400, "MissingContentMD5")));
        try (S3Client withMd5 =
                Clients.newCompatible(server).endpointOverride(proxy.endpoint()).build()) {

            S3BlobStore.at(withMd5, server.bucket()).delete(keys);
        }

        assertThat(keys).allMatch(key -> store.stat(key) == null);
        assertThat(proxy.requests()).filteredOn(matches(MANY)).hasSize(1);
        assertThat(proxy.requests()).filteredOn(method("DELETE")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidRequest",
        "400, MissingArgument",
        "400, MissingContentMD5",
        "403, AccessDenied",
        "403, ",
        "405, MethodNotAllowed",
        "501, NotImplemented"
    })
    void delete_serverTakesNoManyAtOnce_deletesOneByOne(int status, String code) throws IOException {
        List<String> keys = put(3);
        proxy.always(matches(MANY), answer(status, code));

        store.delete(keys);

        assertThat(keys).allMatch(key -> store.stat(key) == null);
    }

    @Test
    void delete_oneByOne_someFail_theOthersAreDeleted() throws IOException {
        List<String> keys = put(4);
        proxy.always(matches(MANY), answer(501, "NotImplemented"));
        proxy.always(matches("DELETE .*" + keys.get(1)), answer(403, "AccessDenied"));
        proxy.always(matches("DELETE .*" + keys.get(2)), answer(503, "SlowDown"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(keys))
                .matches(e -> keys.get(1).equals(e.key()) && !e.isRetryable())
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(next ->
                                assertThat(((BlobStoreException) next).key()).isEqualTo(keys.get(2))));
        assertThat(store.stat(keys.get(0))).isNull();
        assertThat(store.stat(keys.get(3))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "RequestTimeTooSkewed"})
    void delete_credentialsRefused_isNotTriedOneByOne(String code) throws IOException {
        List<String> keys = put(3);
        proxy.always(matches(MANY), answer(403, code));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(keys))
                .withMessageContaining(code);
        assertThat(proxy.requests()).filteredOn(method("DELETE")).isEmpty();
    }

    @Test
    void delete_one_needsNoRequestForMany() throws IOException {
        List<String> keys = put(1);

        store.delete(keys);

        assertThat(proxy.requests()).filteredOn(matches(MANY)).isEmpty();
        assertThat(proxy.requests()).filteredOn(method("DELETE")).hasSize(1);
    }

    @Test
    void delete_one_serverSaysThatItIsNotThere_isDone() {
        proxy.always(method("DELETE"), answer(404, "NoSuchKey"));

        assertThatCode(() -> store.delete(List.of("a"))).doesNotThrowAnyException();
    }

    @Test
    void delete_one_bucketIsNotThere_fails() {
        proxy.always(method("DELETE"), answer(404, "NoSuchBucket"));

        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store.delete(List.of("a")))
                .withMessageContaining("NoSuchBucket");
    }

    /** As servers do that want MD5 of every request for many. */
    private static Fault unlessContentMd5(Fault otherwise) {
        return (exchange, target) -> {
            boolean present = exchange.getRequestHeaders().containsKey("Content-MD5");
            (present ? passOn() : otherwise).apply(exchange, target);
        };
    }

    private List<String> put(int count) throws IOException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String key = "deletion/" + UUID.randomUUID();
            store.put(new PutRequest(key, 10, "image/png", "inline", Visibility.PRIVATE), Content.stream(i, 10));
            keys.add(key);
        }
        return keys;
    }
}
