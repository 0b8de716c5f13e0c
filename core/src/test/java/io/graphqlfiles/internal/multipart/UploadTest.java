package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.FileErrorCode.FILE_TOO_LARGE;
import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_CONSUMED;
import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_MISSING;
import static io.graphqlfiles.FileLimits.newFileLimits;
import static io.graphqlfiles.internal.multipart.MultipartFixture.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.Upload;
import io.graphqlfiles.internal.body.UploadAbortedException;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How data fetchers read the files of a request. */
@Timeout(30)
class UploadTest {

    private static final String LARGE = "0123456789abcdef".repeat(20_000);

    @TempDir
    Path directory;

    private MultipartFixture fixture;
    private GraphQLMultipartRequest request;
    private ExecutorService threads;

    @BeforeEach
    void newFixture() {
        fixture = new MultipartFixture(directory);
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        threads.shutdownNow();
        if (request != null) {
            request.close();
        }
        fixture.assertNothingLeft();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private List<Upload> open(int files) throws IOException {
        return open(files, fixture.stream());
    }

    private List<Upload> open(int files, InputStream in) throws IOException {
        request = fixture.request(in);
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            uploads.add(fixture.upload(request, "/variables/files/" + i));
        }
        return uploads;
    }

    private static void assertRefused(ThrowingCallable reading, FileErrorCode code, String message) {
        assertThatThrownBy(reading)
                .asInstanceOf(type(FileException.class))
                .returns(code, FileException::code)
                .returns(message, FileException::getMessage);
    }

    @Nested
    class Reading {

        @Test
        void read_inOrder() throws IOException {
            fixture.forFiles(3)
                    .file("0", "a.txt", "text/plain; charset=x", LARGE)
                    .part("1", "")
                    .file("2", "../c", "image/png", "c");
            List<Upload> uploads = open(3);

            assertThat(read(uploads.get(0))).isEqualTo(LARGE);
            assertThat(read(uploads.get(1))).isEmpty();
            assertThat(read(uploads.get(2))).isEqualTo("c");
            assertThat(uploads).extracting(Upload::fileName).containsExactly("a.txt", null, "../c");
            assertThat(uploads)
                    .extracting(Upload::contentType)
                    .containsExactly("text/plain; charset=x", null, "image/png");
            assertThat(uploads)
                    .extracting(upload -> ((UploadPart) upload).order())
                    .containsExactly(0, 1, 2);
        }

        @Test
        void read_byteByByte() throws IOException {
            fixture.forFiles(1).part("0", "a\u00ff\0");
            try (InputStream in = open(1).get(0).openStream()) {
                assertThat(new int[] {in.read(), in.read(), in.read(), in.read(), in.read()})
                        .containsExactly('a', 0xff, 0, -1, -1);
                assertThat(in.read(new byte[0])).isZero();
            }
        }

        @Test
        void transferTo_whole() throws IOException {
            fixture.forFiles(1).part("0", LARGE);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (InputStream in = open(1).get(0).openStream()) {
                assertThat(in.transferTo(out)).isEqualTo(LARGE.length());
            }
            assertThat(out.toString(ISO_8859_1)).isEqualTo(LARGE);
        }

        @Test
        void read_twice() throws IOException {
            fixture.forFiles(1).part("0", "x");
            Upload upload = open(1).get(0);
            read(upload);
            assertRefused(
                    upload::openStream,
                    FILE_UPLOAD_CONSUMED,
                    "The file has been read already: name each place that uses it in the request's map.");
        }

        @Test
        void read_closedStream() throws IOException {
            fixture.forFiles(1).part("0", "x");
            InputStream in = open(1).get(0).openStream();
            in.close();
            in.close();
            assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("The stream is closed");
        }

        @Test
        void toString_saysNothing() throws IOException {
            fixture.forFiles(1).file("0", "secret.txt", "text/plain", "x");
            assertThat(open(1).get(0)).hasToString("Upload");
        }
    }

    @Nested
    class OutOfOrder {

        @Test
        void read_laterPartFirst() throws IOException {
            fixture.forFiles(3).file("0", "a", "a/a", LARGE).part("1", "one").part("2", "two");
            List<Upload> uploads = open(3);

            assertThat(read(uploads.get(2))).isEqualTo("two");
            assertThat(uploads.get(0).fileName()).isEqualTo("a");
            assertThat(read(uploads.get(0))).isEqualTo(LARGE);
            assertThat(read(uploads.get(1))).isEqualTo("one");
            assertRefused(
                    uploads.get(0)::openStream,
                    FILE_UPLOAD_CONSUMED,
                    "The file has been read already: name each place that uses it in the request's map.");
        }

        @Test
        void read_partsSentInAnotherOrderThanMapped() throws IOException {
            fixture.forFiles(2).part("1", "one").part("0", "zero");
            List<Upload> uploads = open(2);
            assertThat(read(uploads.get(0))).isEqualTo("zero");
            assertThat(read(uploads.get(1))).isEqualTo("one");
        }

        /** One thread, two open streams: whoever waited for the first to be read to its end would wait for ever. */
        @Test
        void read_alternately() throws IOException {
            fixture.forFiles(2).part("0", LARGE).part("1", LARGE);
            List<Upload> uploads = open(2);
            try (InputStream first = uploads.get(0).openStream();
                    InputStream second = openAfterReading(first, uploads.get(1))) {
                assertThat(new String(second.readNBytes(5), ISO_8859_1)).isEqualTo("01234");
                assertThat(new String(first.readAllBytes(), ISO_8859_1)).isEqualTo(LARGE.substring(5));
                assertThat(new String(second.readAllBytes(), ISO_8859_1)).isEqualTo(LARGE.substring(5));
            }
        }

        private InputStream openAfterReading(InputStream first, Upload second) throws IOException {
            assertThat(new String(first.readNBytes(5), ISO_8859_1)).isEqualTo("01234");
            return second.openStream();
        }

        @Test
        void spool_hasNoName() throws IOException {
            fixture.forFiles(2).part("0", LARGE).part("1", "one");
            List<Upload> uploads = open(2);
            read(uploads.get(1));
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).isEmpty();
            }
            assertThat(read(uploads.get(0))).isEqualTo(LARGE);
        }

        @Test
        void spool_full() throws IOException {
            fixture.limits(newFileLimits().spooledBytes(ByteSize.kilobytes(100)))
                    .forFiles(3)
                    .part("0", LARGE)
                    .part("1", "x".repeat(100 * 1024))
                    .part("2", "two");
            List<Upload> uploads = open(3);

            assertThat(read(uploads.get(2))).isEqualTo("two");
            assertRefused(
                    uploads.get(0)::openStream,
                    FILE_TOO_LARGE,
                    "The file must wait for another one and is too large for that: send the parts in the order in which the"
                            + " operation uses them, and each for one place.");
            assertThat(read(uploads.get(1))).hasSize(100 * 1024);
        }

        @Test
        void spool_fullUnderAReader() throws IOException {
            fixture.limits(newFileLimits().spooledBytes(ByteSize.kilobytes(1)))
                    .forFiles(2)
                    .part("0", LARGE)
                    .part("1", "one");
            List<Upload> uploads = open(2);
            try (InputStream first = uploads.get(0).openStream()) {
                first.readNBytes(1000);
                assertThat(read(uploads.get(1))).isEqualTo("one");
                assertThatThrownBy(first::readAllBytes).isInstanceOf(FileException.class);
            }
        }

        /** The room is the server's, not the request's. */
        @Test
        void spool_fullOfOtherRequestsFiles() throws IOException {
            assertThat(fixture.spools.take(ByteSize.gigabytes(10).bytes() - 1)).isTrue();
            fixture.forFiles(2).part("0", LARGE).part("1", "one");
            List<Upload> uploads = open(2);

            assertThat(read(uploads.get(1))).isEqualTo("one");
            assertRefused(
                    uploads.get(0)::openStream,
                    FileErrorCode.FILE_SERVER_BUSY,
                    "The file must wait for another one, and the server has no room for it now; try again later, or send"
                            + " the parts in the order in which the operation uses them.");
            fixture.spools.giveBack(ByteSize.gigabytes(10).bytes() - 1);
        }

        @Test
        void spool_notForWhatNobodyWants() throws IOException {
            fixture.limits(newFileLimits().spooledBytes(ByteSize.bytes(1)))
                    .forFiles(2)
                    .part("0", LARGE)
                    .part("unmapped", LARGE)
                    .part("1", "one");
            List<Upload> uploads = open(2);
            uploads.get(0).openStream().close();
            assertThat(read(uploads.get(1))).isEqualTo("one");
        }

        @Test
        void spool_cannotBeWritten() throws IOException {
            Path nowhere = directory.resolve("missing");
            MultipartFixture elsewhere =
                    new MultipartFixture(nowhere).forFiles(2).part("0", "zero").part("1", "one");
            try (GraphQLMultipartRequest opened = elsewhere.request()) {
                Upload first = elsewhere.upload(opened, "/variables/files/0");
                assertThat(read(elsewhere.upload(opened, "/variables/files/1"))).isEqualTo("one");
                assertRefused(
                        first::openStream,
                        FileErrorCode.FILE_STORE_UNAVAILABLE,
                        "The file could not be kept until it is needed.");
            }
        }

        @Test
        void read_severalPlaces() throws IOException {
            fixture.operations("{\"variables\":{\"files\":[null,null],\"b\":null}}")
                    .map("{\"x\":[\"variables.files.0\",\"variables.b\"],\"y\":[\"variables.files.1\"]}")
                    .file("x", "a", "a/a", LARGE)
                    .part("y", "y");
            List<Upload> uploads = open(2);
            Upload other = fixture.upload(request, "/variables/b");

            assertThat(other).isNotSameAs(uploads.get(0));
            try (InputStream first = uploads.get(0).openStream()) {
                first.readNBytes(10);
            }
            assertThat(read(uploads.get(1))).isEqualTo("y");
            assertThat(other.fileName()).isEqualTo("a");
            assertThat(read(other)).isEqualTo(LARGE);
            assertThatThrownBy(other::openStream).isInstanceOf(FileException.class);
        }
    }

    @Nested
    class Broken {

        @Test
        void part_missing() throws IOException {
            fixture.forFiles(2).part("0", "zero");
            List<Upload> uploads = open(2);
            String message = "The request has no part \"1\", which its map names.";
            assertRefused(uploads.get(1)::openStream, FILE_UPLOAD_MISSING, message);
            assertRefused(uploads.get(1)::fileName, FILE_UPLOAD_MISSING, message);
            assertThat(read(uploads.get(0))).isEqualTo("zero");
        }

        @Test
        void part_unmapped() throws IOException {
            fixture.forFiles(2)
                    .part("x", LARGE)
                    .part("0", "zero")
                    .part("y", "y")
                    .part("1", "one");
            List<Upload> uploads = open(2);
            assertThat(read(uploads.get(0))).isEqualTo("zero");
            assertThat(read(uploads.get(1))).isEqualTo("one");
        }

        @Test
        void part_twice() throws IOException {
            fixture.forFiles(2).part("0", "zero").part("0", "again").part("1", "one");
            List<Upload> uploads = open(2);
            assertThat(read(uploads.get(0))).isEqualTo("zero");
            for (int i = 0; i < 2; i++) {
                assertRefused(
                        uploads.get(1)::fileName, FILE_UPLOAD_MISSING, "The request has more than one part \"0\".");
            }
        }

        @Test
        void parts_thousandsUnmapped() throws IOException {
            fixture.forFiles(1);
            for (int i = 0; i < 3000; i++) {
                fixture.part("x" + i, "");
            }
            fixture.part("0", "zero");
            assertRefused(
                    open(1).get(0)::openStream,
                    FILE_UPLOAD_MISSING,
                    "The request has more than 100 parts that its map does not name.");
        }

        @Test
        void part_malformedHeader() throws IOException {
            fixture.forFiles(1).rawPart("X: y\r\n\r\nzero");
            assertRefused(
                    open(1).get(0)::openStream,
                    FILE_UPLOAD_MISSING,
                    "The multipart body is malformed: expected a part to have Content-Disposition: form-data with a name.");
        }

        @Test
        void part_hugeHeader() throws IOException {
            fixture.forFiles(1).file("0", "x".repeat(9000), "a/a", "zero");
            assertRefused(
                    open(1).get(0)::openStream,
                    FILE_UPLOAD_MISSING,
                    "The multipart body is malformed: expected at most 8192 bytes of header before each part, found more.");
        }

        @Test
        void body_truncated() throws IOException {
            fixture.forFiles(2).part("0", LARGE).part("1", "one");
            String whole = fixture.text();
            for (int length : new int[] {
                whole.indexOf(LARGE) - 5,
                whole.indexOf(LARGE),
                whole.indexOf(LARGE) + 100_000,
                whole.indexOf("one") - 20,
                whole.indexOf("one") + 3
            }) {
                InputStream cut =
                        new ByteArrayInputStream(whole.substring(0, length).getBytes(ISO_8859_1));
                List<Upload> uploads = open(2, cut);
                assertThatThrownBy(() -> read(uploads.get(1)))
                        .isInstanceOf(UploadAbortedException.class)
                        .hasMessage("The upload broke off before its end");
                request.close();
            }
        }

        @Test
        void body_truncatedBeforeTheHeader() throws IOException {
            fixture.forFiles(1).part("0", "zero");
            String cut = fixture.text().substring(0, fixture.text().indexOf("zero") - 6);
            Upload upload =
                    open(1, new ByteArrayInputStream(cut.getBytes(ISO_8859_1))).get(0);
            assertRefused(upload::fileName, FILE_UPLOAD_MISSING, "The request broke off before the file.");
            assertRefused(upload::contentType, FILE_UPLOAD_MISSING, "The request broke off before the file.");
            assertThatThrownBy(upload::openStream).isInstanceOf(UploadAbortedException.class);
        }

        @Test
        void body_truncatedAfterASpooledPart() throws IOException {
            fixture.forFiles(2).part("0", LARGE);
            String cut = fixture.text().replaceFirst("--\r\n$", "\r\n");
            List<Upload> uploads = open(2, new ByteArrayInputStream(cut.getBytes(ISO_8859_1)));
            assertThatThrownBy(() -> read(uploads.get(1))).isInstanceOf(UploadAbortedException.class);
            assertThat(read(uploads.get(0))).isEqualTo(LARGE);
        }

        /** Whoever keeps an upload for later gets no byte of it, and opens no file for it. */
        @Test
        void request_ended_beforeAPartIsOpened() throws IOException {
            fixture.operations("{\"variables\":{\"files\":[null,null,null,null]}}")
                    .map("{\"0\":[\"variables.files.0\"],\"1\":[\"variables.files.1\"],"
                            + "\"2\":[\"variables.files.2\",\"variables.files.3\"]}")
                    .part("0", LARGE)
                    .part("1", "one")
                    .part("2", LARGE);
            List<Upload> uploads = open(4);
            uploads.get(2).fileName(); // arriving; the ones before it are in the spool
            request.close();

            for (Upload upload : uploads) {
                assertThatThrownBy(upload::openStream).isInstanceOf(UploadAbortedException.class);
            }
            fixture.assertNothingLeft();
        }

        @Test
        void request_ended() throws IOException {
            fixture.forFiles(3).part("0", LARGE).part("1", LARGE).part("2", LARGE);
            List<Upload> uploads = open(3);
            InputStream wire = uploads.get(1).openStream();
            InputStream spooled = uploads.get(0).openStream();
            request.close();
            for (ThrowingCallable reading :
                    List.<ThrowingCallable>of(wire::read, spooled::read, uploads.get(2)::openStream)) {
                assertThatThrownBy(reading)
                        .isInstanceOf(UploadAbortedException.class)
                        .hasMessage("The request of the upload has ended");
            }
        }
    }

    @Nested
    class Limits {

        @Test
        void file_asLargeAsPermitted() throws IOException {
            fixture.limits(newFileLimits().file(ByteSize.kilobytes(100)))
                    .forFiles(2)
                    .part("0", "x".repeat(100 * 1024))
                    .part("1", "y".repeat(100 * 1024));
            List<Upload> uploads = open(2);
            assertThat(read(uploads.get(1))).hasSize(100 * 1024);
            assertThat(read(uploads.get(0))).hasSize(100 * 1024);
        }

        @Test
        void file_tooLarge() throws IOException {
            fixture.limits(newFileLimits().file(ByteSize.kilobytes(100)))
                    .forFiles(3)
                    .part("0", "x".repeat(100 * 1024 + 1))
                    .part("1", LARGE)
                    .part("2", "two");
            List<Upload> uploads = open(3);
            String message = "The file is too large: at most 100 KB can be uploaded this way.";

            InputStream first = uploads.get(0).openStream();
            assertRefused(first::readAllBytes, FILE_TOO_LARGE, message);
            assertThatThrownBy(first::read)
                    .isInstanceOfSatisfying(
                            FileException.class,
                            e -> assertThat(e.details()).isEqualTo(Map.of("maxByteSize", 100L * 1024)));
            assertThat(read(uploads.get(2))).isEqualTo("two");
            assertRefused(uploads.get(1)::openStream, FILE_TOO_LARGE, message);
        }

        @Test
        void request_tooLarge() throws IOException {
            fixture.limits(newFileLimits().file(ByteSize.megabytes(1)).bytesPerRequest(ByteSize.kilobytes(400)))
                    .forFiles(2)
                    .part("0", LARGE)
                    .part("unmapped", LARGE)
                    .part("1", "one");
            List<Upload> uploads = open(2);
            assertThat(read(uploads.get(0))).isEqualTo(LARGE);
            for (int i = 0; i < 2; i++) {
                assertRefused(
                        uploads.get(1)::fileName,
                        FILE_TOO_LARGE,
                        "The files of the request are too large together: at most 400 KB can be uploaded this way.");
            }
        }
    }

    @Nested
    class Threads {

        @Test
        void read_oneThreadForEachPart() throws Exception {
            fixture.forFiles(8);
            for (int i = 0; i < 8; i++) {
                fixture.part("" + i, (i + LARGE).repeat(3));
            }
            List<Upload> uploads = open(8);
            CountDownLatch start = new CountDownLatch(1);
            List<Future<String>> contents = new ArrayList<>();
            for (Upload upload : uploads) {
                contents.add(threads.submit(() -> {
                    start.await();
                    return read(upload);
                }));
            }
            start.countDown();
            for (int i = 0; i < 8; i++) {
                assertThat(contents.get(i).get()).isEqualTo((i + LARGE).repeat(3));
            }
        }

        @Test
        void openStream_raced() throws Exception {
            fixture.forFiles(1).part("0", LARGE);
            Upload upload = open(1).get(0);
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Boolean>> winners = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                winners.add(threads.submit(() -> {
                    start.await();
                    try {
                        return read(upload).equals(LARGE);
                    } catch (FileException e) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int won = 0;
            for (Future<Boolean> winner : winners) {
                won += winner.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }

        /** The container takes its stream back when the request ends, so close must not overtake a reader inside it. */
        @Test
        void close_waitsForAReaderInsideTheStream() throws Exception {
            fixture.forFiles(1).part("0", LARGE);
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            InputStream blocking = new FilterInputStream(fixture.stream()) {
                private int reads;

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (++reads == 3) {
                        reading.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                    return super.read(target, offset, Math.min(length, 16 * 1024));
                }
            };
            Upload upload = open(1, blocking).get(0);
            Future<String> reader = threads.submit(() -> read(upload));
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            Future<?> closing = threads.submit(request::close);
            // Handles lead nowhere as the first thing that close does; then it waits.
            while (fixture.live.count() > 0) {
                Thread.onSpinWait();
            }
            assertThat(closing.isDone()).isFalse();
            goOn.countDown();
            closing.get();
            assertThatThrownBy(reader::get).cause().isInstanceOf(UploadAbortedException.class);
        }
    }
}
