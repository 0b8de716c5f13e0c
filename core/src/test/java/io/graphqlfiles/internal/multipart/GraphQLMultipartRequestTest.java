package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.FileLimits.newFileLimits;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.server.GraphQLMultipartRequest;
import io.graphqlfiles.server.MultipartRequestException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted, what is refused and with which words, before any file is read. */
class GraphQLMultipartRequestTest {

    @TempDir
    Path directory;

    private MultipartFixture fixture;

    @BeforeEach
    void newFixture() {
        fixture = new MultipartFixture(directory);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        fixture.assertNothingLeft();
    }

    private String rewritten() throws IOException {
        try (GraphQLMultipartRequest request = fixture.request()) {
            return new String(request.operations(), UTF_8);
        }
    }

    private void assertRefused(int status, String message) {
        assertThatThrownBy(this::rewritten)
                .asInstanceOf(type(MultipartRequestException.class))
                .returns(message, MultipartRequestException::getMessage)
                .returns(status, MultipartRequestException::status);
    }

    @Nested
    class Rewriting {

        @Test
        void operations_nullsBecomeHandles() throws IOException {
            fixture.operations(" {\"query\": \"mutation\", \"variables\" : {\"a\" :null, \"b\": [1.10, null,null]},\n"
                            + "\"x\": 12345678901234567890.123e400, \"y\":\"\u00e9\ud83d\ude00\"} ")
                    .map("{\"1\": [\"variables.b.2\"], \"2\": [\"variables.a\"]}");

            String json = rewritten();

            String handle = "\"upload:[A-Za-z0-9_-]{22}:";
            assertThat(json)
                    .matches(" \\{\"query\": \"mutation\", \"variables\" : \\{\"a\" :" + handle
                            + "0\", \"b\": \\[1.10, null,"
                            + handle + "1\"]},\n"
                            + "\"x\": 12345678901234567890.123e400, \"y\":\"\u00e9\ud83d\ude00\"} ");
        }

        @Test
        void operations_handlesOfRequestsDiffer() throws IOException {
            fixture.forFiles(1);
            assertThat(rewritten()).isNotEqualTo(rewritten());
        }

        /** Longer than any buffer of the JSON parser, so that a wrong offset would show. */
        @Test
        void operations_longText() throws IOException {
            String before = "{\"a\":\"" + "\u00e9\\\"x".repeat(40_000) + "\",\"variables\":{\"list\":["
                    + "{\"f\":[0,\"y\"]},".repeat(5_000);
            fixture.operations(before + "null , null]}}").map("{\"f\":[\"variables.list.5001\"]}");

            assertThat(rewritten()).startsWith(before + "null , \"upload:").endsWith(":0\"]}}");
        }

        @Test
        void operations_nothingMapped() throws IOException {
            fixture.operations("{\"query\":\"{a}\"}").map("{}").part("0", "unmapped");
            assertThat(rewritten()).isEqualTo("{\"query\":\"{a}\"}");
        }

        @Test
        void operations_partMappedToNothing() throws IOException {
            fixture.operations("{\"query\":\"{a}\"}").map("{\"0\":[]}").part("0", "x");
            assertThat(rewritten()).isEqualTo("{\"query\":\"{a}\"}");
        }

        @Test
        void operations_sentAsBlobs() throws IOException {
            fixture.rawPart("Content-Disposition: form-data; name=\"operations\"; filename=\"blob\"\r\n"
                            + "Content-Type: application/json\r\n\r\n{}")
                    .rawPart("Content-Disposition: form-data; name=\"map\"; filename=\"blob\"\r\n"
                            + "Content-Type: application/json\r\n\r\n{}");
            assertThat(rewritten()).isEqualTo("{}");
        }

        @Test
        void operations_andMap_behindByteOrderMarks() throws IOException {
            fixture.operations("\uFEFF{\"variables\":{\"a\":null}}").map("\uFEFF{\"0\":[\"variables.a\"]}");

            assertThat(rewritten()).matches("\\{\"variables\":\\{\"a\":\"upload:[A-Za-z0-9_-]{22}:0\"}}");
        }

        @Test
        void operations_afterClose() {
            GraphQLMultipartRequest request = fixture.forFiles(1).request();
            request.close();
            request.close();
            assertThatThrownBy(request::operations).isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class Preflight {

        private static final String MESSAGE =
                "Expected a multipart request to have one of the headers GraphQL-Preflight,"
                        + " Apollo-Require-Preflight, X-Apollo-Operation-Name, GraphQL-Require-Preflight with any value, found none:"
                        + " it shows that a browser has asked this server for permission";

        @Test
        void operations_headerNotRequired() throws IOException {
            InputStream in = fixture.forFiles(1).stream();
            try (GraphQLMultipartRequest request = fixture.request(in, name -> null, false, System::nanoTime)) {
                assertThat(new String(request.operations(), UTF_8)).contains("upload:");
            }
        }

        private GraphQLMultipartRequest request(String present, String value, InputStream in) {
            return fixture.request(
                    in, name -> name.toLowerCase(Locale.ROOT).equals(present) ? value : null, true, System::nanoTime);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "graphql-preflight",
                    "apollo-require-preflight",
                    "x-apollo-operation-name",
                    "graphql-require-preflight"
                })
        void operations_anyOfTheHeaders(String header) throws IOException {
            fixture.forFiles(1);
            try (GraphQLMultipartRequest request = request(header, "x", fixture.stream())) {
                assertThat(request.operations()).isNotEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({"x-requested-with,x", "graphql-preflight,''", "graphql-preflight,' '"})
        void operations_noneOfTheHeaders(String header, String value) throws IOException {
            fixture.forFiles(1);
            InputStream in = fixture.stream();
            int length = in.available();
            try (GraphQLMultipartRequest request = request(header, value, in)) {
                assertThatThrownBy(request::operations)
                        .asInstanceOf(type(MultipartRequestException.class))
                        .returns(MESSAGE, MultipartRequestException::getMessage)
                        .returns(400, MultipartRequestException::status);
                assertThat(in.available()).as("body untouched").isEqualTo(length);
            }
            assertThat(in.available()).as("drained").isZero();
        }
    }

    @Nested
    class Rules {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "application/json | Expected the Content-Type multipart/form-data",
                    "multipart/form-data | Malformed multipart request: expected a boundary in the Content-Type, found none",
                    "multipart/form-data; boundary=\"x | Malformed multipart request: expected a closing quote in a header"
                })
        void contentType_refused(String contentType, String message) {
            try (GraphQLMultipartRequest request =
                    fixture.request(contentType, fixture.stream(), name -> null, false, System::nanoTime)) {
                assertThatThrownBy(request::operations)
                        .isInstanceOf(MultipartRequestException.class)
                        .hasMessage(message);
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                nullValues = "none",
                value = {
                    "none                                                                | application/json",
                    "*/*                                                                 | application/json",
                    "application/json                                                    | application/json",
                    "text/application/graphql-response+json                              | application/json",
                    "application/graphql-response+json2                                  | application/json",
                    "application/json, application/graphql-response+json;q=0             | application/json",
                    "application/graphql-response+json; charset=utf-8; q=0.000, */*      | application/json",
                    "application/graphql-response+json                                   | application/graphql-response+json",
                    "Application/GraphQL-Response+JSON;charset=utf-8,application/json;q=0 | application/graphql-response+json",
                    "application/json;q=0.9, application/graphql-response+json ; q=0.5   | application/graphql-response+json"
                })
        void refusal_inTheTypeThatTheClientAccepts(@Nullable String accept, String type) {
            assertThat(MultipartRequestException.responseType(accept)).isEqualTo(type + ";charset=UTF-8");
        }

        /** Before a byte is read: no parser could make anything of it. */
        @ParameterizedTest
        @ValueSource(strings = {"gzip", "br", "deflate, gzip", " x-gzip "})
        void encoding_refused(String encoding) {
            InputStream in = new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b});
            try (GraphQLMultipartRequest request = fixture.request(
                    in, name -> name.equals("Content-Encoding") ? encoding : null, false, System::nanoTime)) {
                assertThatThrownBy(request::operations)
                        .isInstanceOfSatisfying(MultipartRequestException.class, e -> {
                            assertThat(e.status()).isEqualTo(415);
                            assertThat(new String(e.responseBody(), UTF_8)).contains("UNSUPPORTED_MEDIA_TYPE");
                        })
                        .hasMessage("Expected a multipart request without Content-Encoding, found \"" + encoding
                                + "\": send the body as it is");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"identity", "Identity ", ""})
        void encoding_none(String encoding) throws IOException {
            InputStream in = fixture.forFiles(1).stream();
            try (GraphQLMultipartRequest request = fixture.request(
                    in, name -> name.equals("Content-Encoding") ? encoding : null, false, System::nanoTime)) {
                assertThat(new String(request.operations(), UTF_8)).contains("upload:");
            }
        }

        @Test
        void order_fileBeforeOperations() {
            fixture.part("0", "x").operations("{}").map("{}");
            assertRefused(400, "Expected the part \"operations\" first, found \"0\"");
        }

        @Test
        void order_mapBeforeOperations() {
            fixture.map("{}").operations("{}");
            assertRefused(400, "Expected the part \"operations\" first, found \"map\"");
        }

        @Test
        void order_fileBeforeMap() {
            fixture.operations("{}").part("0", "x").map("{}");
            assertRefused(400, "Expected the part \"map\" behind \"operations\", found \"0\"");
        }

        @Test
        void order_operationsTwice() {
            fixture.operations("{}").operations("{}").map("{}");
            assertRefused(400, "Expected the part \"map\" behind \"operations\", found \"operations\"");
        }

        @Test
        void operations_missing() {
            assertRefused(400, "Expected the part \"operations\" first, found no more parts");
        }

        @Test
        void map_missing() {
            fixture.operations("{}");
            assertRefused(400, "Expected the part \"map\" behind \"operations\", found no more parts");
        }

        @Test
        void partName_quotedSafely() {
            fixture.part("a\tb\\" + "x".repeat(100), "");
            assertRefused(400, "Expected the part \"operations\" first, found \"a?b?" + "x".repeat(56) + "...\"");
        }

        @Test
        void body_truncatedBeforeTheFiles() {
            String whole = fixture.operations("{}").map("{}").text();
            for (int length = 0; length < whole.indexOf("--b--"); length++) {
                InputStream cut =
                        new ByteArrayInputStream(whole.substring(0, length).getBytes(UTF_8));
                try (GraphQLMultipartRequest request = fixture.request(cut)) {
                    assertThatThrownBy(request::operations)
                            .isInstanceOf(MultipartRequestException.class)
                            .hasMessage(
                                    "Malformed multipart request: the multipart body ended before its closing boundary");
                }
            }
        }

        @Test
        void body_malformedPart() {
            fixture.rawPart("Content-Type: text/plain\r\n\r\n{}");
            assertRefused(
                    400,
                    "Malformed multipart request: expected a part to have Content-Disposition: form-data with a name");
        }

        @Test
        void body_connectionBroken() {
            InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    throw new IOException("reset");
                }
            };
            try (GraphQLMultipartRequest request = fixture.request(broken)) {
                assertThatThrownBy(request::operations)
                        .isExactlyInstanceOf(IOException.class)
                        .hasMessage("reset");
            }
        }

        @Test
        void operations_tooLong() throws IOException {
            fixture.limits(newFileLimits().operationsText(ByteSize.kilobytes(4)));
            fixture.operations("{}" + " ".repeat(4094)).map("{}");
            assertThat(rewritten()).hasSize(4096);

            newFixture();
            fixture.limits(newFileLimits().operationsText(ByteSize.kilobytes(4)));
            fixture.operations("{}" + " ".repeat(4095)).map("{}");
            assertRefused(413, "Expected the part \"operations\" to have at most 4 KB, found more");
        }

        @Test
        void map_tooLong() {
            fixture.operations("{}").map("{}" + " ".repeat(64 * 1024));
            assertRefused(413, "Expected the part \"map\" to have at most 64 KB, found more");
        }

        @Test
        void files_asManyAsPermitted() throws IOException {
            fixture.forFiles(10);
            assertThat(rewritten()).contains(":9\"");
        }

        @Test
        void files_tooMany() {
            fixture.forFiles(11);
            assertRefused(
                    413,
                    "Expected at most 10 files in a request, found more in \"map\"; a part counts once for each of its paths");
        }

        @Test
        void files_tooManyPlacesOfOnePart() {
            fixture.limits(newFileLimits().filesPerRequest(1))
                    .operations("{\"variables\":{\"a\":null,\"b\":null}}")
                    .map("{\"0\":[\"variables.a\",\"variables.b\"]}");
            assertRefused(
                    413,
                    "Expected at most 1 file in a request, found more in \"map\"; a part counts once for each of its paths");
        }
    }

    @Nested
    class Batches {

        @Test
        void operations_eachGetsItsFiles() throws IOException {
            fixture.batches()
                    .operations("[{\"variables\":{\"f\":null}}, {\"variables\":{\"f\":[1,null]}}]")
                    .map("{\"0\":[\"0.variables.f\"],\"1\":[\"1.variables.f.1\"]}")
                    .part("0", "alpha")
                    .part("1", "beta");
            try (GraphQLMultipartRequest request = fixture.request()) {
                assertThat(MultipartFixture.read(fixture.upload(request, "/0/variables/f")))
                        .isEqualTo("alpha");
                assertThat(MultipartFixture.read(fixture.upload(request, "/1/variables/f/1")))
                        .isEqualTo("beta");
            }
        }

        @Test
        void operations_mayStillBeOne() throws IOException {
            fixture.batches().forFiles(1).part("0", "alpha");
            try (GraphQLMultipartRequest request = fixture.request()) {
                assertThat(MultipartFixture.read(fixture.upload(request, "/variables/files/0")))
                        .isEqualTo("alpha");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[{\"query\":null}] | 0.query | Expected each path in \"map\" to begin with the index of an operation"
                            + " and \"variables.\", as in \"0.variables.file\", found \"0.query\"",
                    "[{\"variables\":{\"f\":null}}] | variables.f | Expected each path in \"map\" to begin with the index"
                            + " of an operation and \"variables.\", as in \"0.variables.file\", found \"variables.f\"",
                    "[{\"variables\":{\"f\":null}}] | 1.variables.f | Expected null in \"operations\" at"
                            + " \"1.variables.f\", which \"map\" names, found nothing",
                    "{\"variables\":{\"f\":null}} | 0.variables.f | Expected each path in \"map\" to begin with"
                            + " \"variables.\", found \"0.variables.f\"",
                    "1 | 0.variables.f | Expected \"operations\" to be a JSON object or array"
                })
        void operations_refused(String operations, String path, String message) {
            fixture.batches().operations(operations).map("{\"0\":[\"" + path + "\"]}");
            assertRefused(400, message);
        }

        @Test
        void operations_moreBehindThem() {
            fixture.batches().operations("[] []").map("{}");
            assertRefused(400, "Expected \"operations\" to be one JSON array, found more behind it");
        }

        @Test
        void map_tooManyFiles_overAllOperations() {
            fixture.batches()
                    .limits(newFileLimits().filesPerRequest(1))
                    .operations("[{\"variables\":{\"f\":null}}, {\"variables\":{\"f\":null}}]")
                    .map("{\"0\":[\"0.variables.f\",\"1.variables.f\"]}");
            assertRefused(
                    413,
                    "Expected at most 1 file in a request, found more in \"map\"; a part counts once for each of its paths");
        }
    }

    @Nested
    class Json {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[{}] | Expected \"operations\" to be one JSON object, found an array: batching is not supported",
                    "null | Expected \"operations\" to be a JSON object",
                    "1 | Expected \"operations\" to be a JSON object",
                    "\"{}\" | Expected \"operations\" to be a JSON object",
                    "'' | Expected \"operations\" to be a JSON object",
                    "{} {} | Expected \"operations\" to be one JSON object, found more behind it",
                    "{\"a\":1,\"a\":2} | Expected \"operations\" to be well-formed JSON with each key once,"
                            + " found an error near character 10",
                    "{\"variables\":{\"f\":{\"a\":1,\"a\":2}}} | Expected \"operations\" to be well-formed JSON with each"
                            + " key once, found an error near character 28",
                    "{\"a\":1 | Expected \"operations\" to be well-formed JSON with each key once, found an error near"
                            + " character 6",
                    "{a:1} | Expected \"operations\" to be well-formed JSON with each key once, found an error near"
                            + " character 1"
                })
        void operations_refused(String operations, String message) {
            fixture.operations(operations).map("{}");
            assertRefused(400, message);
        }

        @Test
        void operations_notUtf8() {
            fixture.part("operations", "{\"a\":\"\u00ff\"}").map("{}");
            assertRefused(400, "Expected \"operations\" to be UTF-8");
            newFixture();
            fixture.part("operations", "\u00fe\u00ff\0{\0}").map("{}");
            assertRefused(400, "Expected \"operations\" to be UTF-8");
        }

        @Test
        void operations_nestedTooDeep() {
            fixture.operations("{\"variables\":" + "[".repeat(100_000)).map("{}");
            assertThatThrownBy(GraphQLMultipartRequestTest.this::rewritten)
                    .isInstanceOf(MultipartRequestException.class)
                    .hasMessageStartingWith("Expected \"operations\" to be well-formed JSON");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[]",
                    "null",
                    "1",
                    "''",
                    "{\"0\":null}",
                    "{\"0\":\"variables.f\"}",
                    "{\"0\":{}}",
                    "{\"0\":[1]}",
                    "{\"0\":[null]}",
                    "{\"0\":[[\"variables.f\"]]}",
                    "{}{}"
                })
        void map_ofTheWrongShape(String map) {
            fixture.operations("{\"variables\":{\"f\":null}}").map(map.equals("''") ? "" : map);
            assertRefused(
                    400,
                    "Expected \"map\" to be a JSON object of arrays of paths, such as {\"0\": [\"variables.file\"]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{", "{\"0\":[\"variables.f\"]", "{\"0\":[],\"0\":[]}", "{\"0\":[\"variables.f\",]}"})
        void map_malformed(String map) {
            fixture.operations("{\"variables\":{\"f\":null}}").map(map);
            assertThatThrownBy(GraphQLMultipartRequestTest.this::rewritten)
                    .isInstanceOf(MultipartRequestException.class)
                    .hasMessageMatching(
                            "Expected \"map\" to be well-formed JSON with each key once, found an error near"
                                    + " character \\d+");
        }

        @Test
        void map_reservedName() {
            fixture.operations("{\"variables\":{\"f\":null}}").map("{\"map\":[\"variables.f\"]}");
            assertRefused(400, "Expected the names of file parts in \"map\", found \"map\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "f", "variables", "query", "0.variables.f", "Variables.f", "extensions.f"})
        void path_outsideVariables(String path) {
            fixture.operations("{\"query\":null,\"variables\":{\"f\":null}}").map("{\"0\":[\"" + path + "\"]}");
            assertRefused(400, "Expected each path in \"map\" to begin with \"variables.\", found \"" + path + "\"");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "variables.",
                    "variables.g",
                    "variables.f.g",
                    "variables..f",
                    "variables.f.",
                    "variables.list.2",
                    "variables.list.-1",
                    "variables.list.00",
                    "variables.list.+0",
                    "variables.list. 0",
                    "variables.list.99999999999999999999",
                    "variables.list.length",
                    "variables.__proto__",
                    "variables.constructor.prototype",
                    "variables.dotted.key",
                    "variables.list[0]",
                    "variables.F"
                })
        void path_leadsNowhere(String path) {
            fixture.operations("{\"variables\":{\"f\":null,\"list\":[null,null],\"dotted.key\":null}}")
                    .map("{\"0\":[\"" + path + "\"]}");
            assertRefused(
                    400, "Expected null in \"operations\" at \"" + path + "\", which \"map\" names, found nothing");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}       | an object",
                    "[]       | an array",
                    "[null]   | an array",
                    "\"x\"  | text",
                    "\"\"   | text",
                    "0        | a number",
                    "-1.5     | a number",
                    "true     | a boolean",
                    "false    | a boolean"
                })
        void path_leadsToAnotherValue(String value, String found) {
            fixture.operations("{\"variables\":{\"f\":" + value + "}}").map("{\"0\":[\"variables.f\"]}");
            assertRefused(
                    400,
                    "Expected null in \"operations\" at \"variables.f\", which \"map\" names, found " + found
                            + ": send null there, and the file in its part");
        }

        @Test
        void path_variablesAreNoObject() {
            fixture.operations("{\"variables\":null}").map("{\"0\":[\"variables.f\"]}");
            assertRefused(
                    400, "Expected null in \"operations\" at \"variables.f\", which \"map\" names, found nothing");
        }

        @Test
        void path_twice() {
            fixture.operations("{\"variables\":{\"f\":null}}").map("{\"0\":[\"variables.f\"],\"1\":[\"variables.f\"]}");
            assertRefused(400, "Expected each path in \"map\" once, found \"variables.f\" twice");
        }

        @Test
        void path_throughAnother() {
            fixture.operations("{\"variables\":{\"f\":null}}")
                    .map("{\"0\":[\"variables.f\"],\"1\":[\"variables.f.g\"]}");
            assertRefused(
                    400, "Expected null in \"operations\" at \"variables.f.g\", which \"map\" names, found nothing");
        }

        @Test
        void path_ofThousandsOfSegments() {
            String path = "variables" + ".a".repeat(30_000);
            fixture.operations("{\"variables\":{}}").map("{\"0\":[\"" + path + "\"]}");
            assertRefused(
                    400,
                    "Expected each path in \"map\" to have at most 1000 segments, found \"" + path.substring(0, 60)
                            + "...\"");
        }

        @Test
        void path_oneForMorePlacesThanFilesAreAllowed() {
            String paths = "\"variables.f\",".repeat(3_000) + "\"variables.f\"";
            fixture.operations("{\"variables\":{\"f\":null}}").map("{\"0\":[" + paths + "]}");
            assertRefused(
                    413,
                    "Expected at most 10 files in a request, found more in \"map\"; a part counts once for each of its"
                            + " paths");
        }
    }

    @Nested
    class Draining {

        @Test
        void close_readsToTheEnd() throws IOException {
            InputStream in = fixture.forFiles(1).part("0", "x".repeat(1_000_000)).stream();
            try (GraphQLMultipartRequest request = fixture.request(in)) {
                assertThat(request.operations()).isNotEmpty();
            }
            assertThat(in.available()).isZero();
        }

        @Test
        void close_readsNoMoreThanTheBound() throws IOException {
            fixture.limits(newFileLimits().drainedBytes(ByteSize.kilobytes(100)))
                    .forFiles(1)
                    .part("0", "x".repeat(1_000_000));
            InputStream in = fixture.stream();
            int length = in.available();
            fixture.request(in).close();
            assertThat(length - in.available()).isEqualTo(100 * 1024);
        }

        /** A client that stops has the container's patience once, not once more for what nobody wants. */
        @Test
        void close_afterAReadThatFailed_readsNoMore() {
            AtomicInteger reads = new AtomicInteger();
            InputStream silent = new InputStream() {
                @Override
                public int read() throws IOException {
                    reads.incrementAndGet();
                    throw new SocketTimeoutException();
                }

                @Override
                public int read(byte[] target, int offset, int count) throws IOException {
                    return read();
                }
            };
            GraphQLMultipartRequest request = fixture.request(silent);
            assertThatThrownBy(request::operations).isInstanceOf(SocketTimeoutException.class);
            request.close();
            assertThat(reads).hasValue(1);
        }

        @Test
        void close_readsNoLongerThanTheBound() throws IOException {
            AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
            InputStream in = fixture.forFiles(1).part("0", "x".repeat(1_000_000)).stream();
            int length = in.available();
            InputStream slow = new InputStream() {
                @Override
                public int read() {
                    throw new AssertionError();
                }

                @Override
                public int read(byte[] target, int offset, int count) throws IOException {
                    now.addAndGet(Duration.ofSeconds(3).toNanos());
                    return in.read(target, offset, Math.min(count, 10));
                }
            };
            fixture.limits(newFileLimits().drainTime(Duration.ofSeconds(10)))
                    .request(slow, name -> null, true, now::get)
                    .close();
            assertThat(length - in.available()).isEqualTo(40);
        }
    }
}
