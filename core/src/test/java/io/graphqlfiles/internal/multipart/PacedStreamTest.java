package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.FileLimits.newFileLimits;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.body.PacedStream;
import io.graphqlfiles.internal.body.SlowClientException;
import io.graphqlfiles.internal.body.UploadAbortedException;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How slow a client may be, on a clock that its reads move. */
class PacedStreamTest {

    private static final String TOO_SLOW =
            "Expected the body at 1 KB a second or more, found that it comes more slowly";

    @TempDir
    private Path directory;

    private long now = Long.MAX_VALUE - 1; // runs over, as it may

    /** Gives so many bytes at a time, each time after that wait. */
    private final class Client extends InputStream {

        private final InputStream bytes;
        private final int count;
        private final Duration wait;

        Client(byte[] bytes, int count, Duration wait) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.count = count;
            this.wait = wait;
        }

        @Override
        public int read() {
            throw new AssertionError("expected an array");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            now += wait.toNanos();
            return bytes.read(target, offset, Math.min(count, length));
        }
    }

    private PacedStream paced(int length, int count, Duration wait) {
        return new PacedStream(new Client(new byte[length], count, wait), ByteSize.kilobytes(1), () -> now);
    }

    @ParameterizedTest
    @CsvSource({
        "1, PT20S",
        "1, PT0.5S",
        "1023, PT1S",
        "100, PT1S",
        "2000, PT2S",
        "100000, PT31S",
        "1, PT31S",
    })
    void tooSlow(int count, Duration wait) {
        assertThatThrownBy(() -> paced(1_000_000, count, wait).readAllBytes())
                .isInstanceOf(SlowClientException.class)
                .hasMessage(TOO_SLOW)
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"1024, PT1S", "1, PT0.0009S", "50000, PT29S", "1000000, PT30S", "8192, PT0S"})
    void fastEnough(int count, Duration wait) throws IOException {
        byte[] target = new byte[1_000_000];
        PacedStream in = paced(target.length, count, wait);
        long size = 0;
        for (int n = in.read(target, 0, target.length); n >= 0; n = in.read(target, 0, target.length)) {
            size += n;
        }
        assertThat(size).isEqualTo(target.length);
    }

    @Test
    void small_mayTakeHalfAMinute() throws IOException {
        assertThat(paced(20, 1, Duration.ofSeconds(1)).readAllBytes()).hasSize(20);
    }

    /** Fifty megabytes at once do not pay for hours of one byte a minute. */
    @Test
    void fastAtFirst_buysHalfAMinute() throws IOException {
        byte[] target = new byte[1024 * 1024];
        PacedStream in = paced(100 << 20, 1 << 20, Duration.ZERO);
        for (int i = 0; i < 50; i++) {
            in.read(target, 0, target.length);
        }
        now += Duration.ofHours(1).toNanos(); // the store's time is not the client's
        in.read(target, 0, 1);

        Client slow = new Client(new byte[10], 1, Duration.ofSeconds(20));
        PacedStream later = new PacedStream(slow, ByteSize.kilobytes(1), () -> now);
        later.read(target, 0, 1);
        assertThatThrownBy(() -> later.read(target, 0, 1)).hasMessage(TOO_SLOW);
    }

    @Test
    void noLimit() throws IOException {
        InputStream in =
                new PacedStream(new Client(new byte[100], 1, Duration.ofHours(1)), ByteSize.bytes(0), () -> now);
        assertThat(in.readAllBytes()).hasSize(100);
    }

    @Test
    void operations_tooSlow() throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory).forFiles(1).part("0", "x");
        InputStream slow = new Client(fixture.text().getBytes(ISO_8859_1), 1, Duration.ofSeconds(20));

        try (GraphQLMultipartRequest request = fixture.request(slow, name -> null, false, () -> now)) {
            assertThatThrownBy(request::operations)
                    .isInstanceOfSatisfying(MultipartRequestException.class, e -> {
                        assertThat(e.status()).isEqualTo(408);
                        assertThat(new String(e.responseBody(), ISO_8859_1)).contains("REQUEST_TIMEOUT");
                        assertThat(e.getStackTrace()).isEmpty();
                    })
                    .hasMessage(TOO_SLOW);
        }
        fixture.assertNothingLeft();
    }

    @Test
    void operations_keepThePaceAndTakeTooLong() {
        MultipartFixture fixture = new MultipartFixture(directory)
                .limits(newFileLimits().operationsTime(Duration.ofSeconds(20)))
                .operations("{\"query\":\"" + "#".repeat(100_000) + "\"}")
                .map("{}");
        InputStream slow = new Client(fixture.text().getBytes(ISO_8859_1), 2048, Duration.ofSeconds(1));

        try (GraphQLMultipartRequest request = fixture.request(slow, name -> null, false, () -> now)) {
            assertThatThrownBy(request::operations)
                    .isInstanceOf(MultipartRequestException.class)
                    .hasMessage("Expected \"operations\" and \"map\" within 20 seconds, found that they take longer");
        }
    }

    @Test
    void file_mayTakeLongerThanOperations_andNotComeMoreSlowly() throws IOException {
        MultipartFixture fixture = new MultipartFixture(directory)
                .limits(newFileLimits().operationsTime(Duration.ofSeconds(20)))
                .forFiles(2)
                .part("0", "x".repeat(200_000))
                .part("1", "y".repeat(200_000));
        byte[] body = fixture.text().getBytes(ISO_8859_1);
        Client client = new Client(body, 2048, Duration.ofSeconds(1));
        InputStream slowAtLast = new InputStream() {
            private int read;

            @Override
            public int read() {
                throw new AssertionError("expected an array");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (read > 300_000) {
                    now += Duration.ofSeconds(10).toNanos();
                }
                int n = client.read(target, offset, length);
                read += n;
                return n;
            }
        };

        try (GraphQLMultipartRequest request = fixture.request(slowAtLast, name -> null, false, () -> now)) {
            Upload first = fixture.upload(request, "/variables/files/0");
            Upload second = fixture.upload(request, "/variables/files/1");
            assertThatCode(() -> assertThat(MultipartFixture.read(first)).hasSize(200_000))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> MultipartFixture.read(second))
                    .isInstanceOfSatisfying(
                            UploadAbortedException.class,
                            e -> assertThat(e.refusal())
                                    .hasMessage(TOO_SLOW + ".")
                                    .satisfies(refusal ->
                                            assertThat(refusal.code()).isEqualTo(FileErrorCode.FILE_UPLOAD_MISSING)));
        }
        fixture.assertNothingLeft();
    }
}
