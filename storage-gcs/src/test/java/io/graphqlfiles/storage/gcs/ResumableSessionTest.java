package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.api.client.testing.http.MockHttpTransport;
import com.google.api.client.testing.http.MockLowLevelHttpRequest;
import com.google.api.client.testing.http.MockLowLevelHttpResponse;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.internal.buffer.BufferMemory;
import io.graphqlfiles.internal.buffer.ContentReader;
import io.graphqlfiles.internal.buffer.Piece;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a session makes of a service that keeps less than it was sent. */
class ResumableSessionTest {

    private static final int UNIT = 256 * 1024;
    private static final String OBJECT = "{\"name\": \"a\", \"size\": \"524288\"}";

    private final byte[] content = new byte[2 * UNIT];
    private final Deque<MockLowLevelHttpResponse> answers = new ArrayDeque<>();
    private final List<String> ranges = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final ResumableSession session = session();

    ResumableSessionTest() {
        new Random(1).nextBytes(content);
    }

    @Test
    void send_serviceKeepsSome_theRestIsSentAgain() throws IOException {
        answers.add(goesOn("bytes=0-" + (UNIT - 1)));
        answers.add(goesOn("bytes=0-" + (2 * UNIT - 1)));

        assertThat(session.send(piece(), false)).isNull();

        assertThat(ranges).containsExactly("bytes 0-524287/*", "bytes 262144-524287/*");
        assertThat(bodies.get(1)).isEqualTo(Arrays.copyOfRange(content, UNIT, 2 * UNIT));
    }

    @Test
    void send_answerFails_serviceIsAskedAndTheRestIsSentAgain() throws IOException {
        answers.add(new MockLowLevelHttpResponse().setStatusCode(503));
        answers.add(goesOn("bytes=0-" + (UNIT - 1)));
        answers.add(new MockLowLevelHttpResponse().setStatusCode(200).setContent(OBJECT));

        StorageObject made = session.send(piece(), true);

        assertThat(made).isNotNull();
        assertThat(made.getName()).isEqualTo("a");
        assertThat(ranges).containsExactly("bytes 0-524287/524288", "bytes */*", "bytes 262144-524287/524288");
    }

    @Test
    void send_allHasArrivedButTheEnd_isEndedWithoutBytes() throws IOException {
        answers.add(new MockLowLevelHttpResponse().setStatusCode(503));
        answers.add(goesOn("bytes=0-" + (2 * UNIT - 1)));
        answers.add(new MockLowLevelHttpResponse().setStatusCode(200).setContent(OBJECT));

        assertThat(session.send(piece(), true)).isNotNull();

        assertThat(ranges).containsExactly("bytes 0-524287/524288", "bytes */*", "bytes */524288");
        assertThat(bodies.get(2)).isEmpty();
    }

    @Test
    void send_serviceKeepsNothing_isGivenUp() {
        for (int i = 0; i < 6; i++) {
            answers.add(goesOn(null));
        }

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> session.send(piece(), false));

        assertThat(ranges).hasSize(3);
    }

    @Test
    void send_serviceHasLostWhatItHad_isGivenUpAtOnce() throws IOException {
        answers.add(goesOn("bytes=0-" + (2 * UNIT - 1)));
        session.send(piece(), false);
        answers.add(new MockLowLevelHttpResponse().setStatusCode(503));
        answers.add(goesOn("bytes=0-" + (UNIT - 1)));

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> session.send(piece(), false));

        assertThat(answers).isEmpty();
    }

    @Test
    void send_uploadHasEndedTooSoon_isGivenUpAtOnce() {
        answers.add(new MockLowLevelHttpResponse().setStatusCode(200).setContent(OBJECT));

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> session.send(piece(), false));
    }

    private static MockLowLevelHttpResponse goesOn(String range) {
        MockLowLevelHttpResponse answer = new MockLowLevelHttpResponse().setStatusCode(308);
        return range == null ? answer : answer.addHeader("Range", range);
    }

    private Piece piece() throws IOException {
        ContentReader reader = new ContentReader(
                new ByteArrayInputStream(content),
                content.length,
                content.length,
                new BufferMemory(content.length, Duration.ZERO),
                new Failures("bucket").ofUpload("put", "a"));
        return reader.next();
    }

    private ResumableSession session() {
        HttpRequestFactory requests = new MockHttpTransport() {
            @Override
            public LowLevelHttpRequest buildRequest(String method, String url) {
                return new MockLowLevelHttpRequest(url) {
                    @Override
                    public LowLevelHttpResponse execute() throws IOException {
                        ranges.add(getFirstHeaderValue("Content-Range"));
                        ByteArrayOutputStream body = new ByteArrayOutputStream();
                        getStreamingContent().writeTo(body);
                        bodies.add(body.toByteArray());
                        return answers.remove();
                    }
                };
            }
        }.createRequestFactory();
        Retries retries = new Retries(StorageOptions.http()
                .setProjectId("tests")
                .setCredentials(NoCredentials.getInstance())
                .setRetrySettings(RetrySettings.newBuilder()
                        .setMaxAttempts(3)
                        .setTotalTimeoutDuration(Duration.ofMinutes(1))
                        .build())
                .build());
        return new ResumableSession(
                new UploadRequests("http://localhost/o", requests, retries, requests, retries),
                retries,
                "http://localhost/s");
    }
}
