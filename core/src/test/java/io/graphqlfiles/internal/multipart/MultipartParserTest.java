package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.internal.multipart.Documents.document;
import static io.graphqlfiles.internal.multipart.Documents.parser;
import static io.graphqlfiles.internal.multipart.Documents.part;
import static io.graphqlfiles.internal.multipart.Documents.readAll;
import static io.graphqlfiles.internal.multipart.Documents.readPart;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {

    private static List<String> contents(String boundary, String document) throws IOException {
        return readAll(parser(boundary, document)).stream()
                .map(Documents.Part::content)
                .toList();
    }

    @Nested
    class Delimiters {

        @Test
        void read_severalParts() throws IOException {
            List<Documents.Part> parts = readAll(parser("b", document("b", part("one", "1"), part("two", "22"))));

            assertThat(parts)
                    .containsExactly(
                            new Documents.Part(new PartHeader("one", null, null), "1"),
                            new Documents.Part(new PartHeader("two", null, null), "22"));
        }

        @Test
        void read_noParts() throws IOException {
            assertThat(contents("b", "--b--")).isEmpty();
        }

        @Test
        void read_emptyParts() throws IOException {
            assertThat(contents("b", document("b", part("1", ""), part("2", "x"), part("3", ""))))
                    .containsExactly("", "x", "");
        }

        @Test
        void read_partWithoutBody() throws IOException {
            String header = "\r\nContent-Disposition: form-data; name=\"1\"\r\n";
            assertThat(contents("b", "--b" + header + "\r\n--b" + header + "\r\nx\r\n--b" + header + "\r\n--b--"))
                    .containsExactly("", "x", "");
        }

        @Test
        void read_preambleAndEpilogue() throws IOException {
            assertThat(contents("b", "to be\r\nignored\r\n" + document("b", part("1", "x")) + "and this\r\n--b\r\n"))
                    .containsExactly("x");
        }

        @Test
        void read_paddingAfterBoundary() throws IOException {
            String document = document("b", part("1", "x"), part("2", "y")).replace("--b\r\n", "--b \t \r\n");
            assertThat(contents("b", document)).containsExactly("x", "y");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\r\n--",
                    "\r\n--bo",
                    "\n--boundary\r\n",
                    "\r--boundary--",
                    "\r\n--boundaryx\r\n",
                    "\r\n--boundary x\r\n",
                    "\r\n--boundary\n",
                    "\r\n--boundary\r\r\n",
                    "\r\n--boundary-\r\n",
                    "x--boundary--",
                    "\r\r\n",
                    "\r\n",
                    "\r\n-\r\n--boundar\r\n--boundary\r"
                })
        void read_contentThatIsAlmostDelimiter(String content) throws IOException {
            for (int padding = 0; padding < 40; padding++) {
                String padded = ".".repeat(MultipartParser.MAX_HEADER_BYTES * 2 - padding) + content;
                assertThat(contents("boundary", document("boundary", part("1", content), part("2", padded))))
                        .containsExactly(content, padded);
            }
        }

        @Test
        void read_paddingWithoutEnd() throws IOException {
            String content = "\r\n--b" + " ".repeat(100_000);
            assertThat(contents("b", document("b", part("1", content)))).containsExactly(content);
        }

        @Test
        void read_boundaryOfHyphens() throws IOException {
            String boundary = "-".repeat(70);
            String content = "x" + "-".repeat(50_000) + "\r\n" + "-".repeat(71) + "x\r\n" + "-".repeat(71);
            assertThat(contents(boundary, document(boundary, part("1", content))))
                    .containsExactly(content);
        }

        @Test
        void nextPart_skipsWhatIsLeft() throws IOException {
            MultipartParser parser =
                    parser("b", document("b", part("1", "x".repeat(100_000)), part("2", "y"), part("3", "z")));

            parser.nextPart();
            assertThat(parser.read(new byte[10], 0, 10)).isEqualTo(10);
            parser.nextPart();
            parser.nextPart();

            assertThat(readPart(parser, 10)).isEqualTo("z");
            assertThat(parser.nextPart()).isNull();
            assertThat(parser.nextPart()).isNull();
            assertThat(parser.read(new byte[10], 0, 10)).isEqualTo(-1);
        }

        @Test
        void nextPart_endlessPreamble() {
            assertThatThrownBy(() -> parser("b", "x".repeat(1_000_000)).nextPart())
                    .isInstanceOf(MalformedMultipartException.class)
                    .hasMessage("expected the boundary of the Content-Type at the beginning of the body, found none");
        }
    }

    @Nested
    class Truncation {

        /**
         * The one thing this parser is for: cut anywhere, a document gives an error, and never a part that looks whole.
         */
        @Test
        void read_documentCutAnywhere() throws IOException {
            String document =
                    document("bound", part("1", "file\r\n--boun"), part("2", ""), part("3", "y".repeat(9000)));
            document = document.substring(0, document.length() - 2);
            assertThat(contents("bound", document)).hasSize(3);
            for (int length = 0; length < document.length(); length++) {
                MultipartParser parser = parser("bound", document.substring(0, length));
                assertThatThrownBy(() -> readAll(parser))
                        .as("cut after %d bytes", length)
                        .isInstanceOf(TruncatedMultipartException.class)
                        .hasMessage("the multipart body ended before its closing boundary");
            }
        }

        @Test
        void read_partCutBeforeItsDelimiterIsWhole() throws IOException {
            String content = "content";
            String whole = document("b", part("1", content), part("2", ""));
            int firstWhole = whole.indexOf(content) + content.length() + "\r\n--b\r\n".length();
            for (int length = whole.indexOf(content); length < firstWhole; length++) {
                MultipartParser parser = parser("b", whole.substring(0, length));
                assertThatThrownBy(() -> {
                            parser.nextPart();
                            readPart(parser, 5000);
                        })
                        .isInstanceOf(TruncatedMultipartException.class);
            }
        }
    }

    @Nested
    class Headers {

        private PartHeader header(String... lines) throws IOException {
            String text = String.join("\r\n", lines) + "\r\n\r\n";
            return parser("b", document("b", text)).nextPart();
        }

        @Test
        void header_namesInAnyCase() throws IOException {
            assertThat(header("content-DISPOSITION: FORM-DATA; NAME=\"a\"; FileName=b.txt", "CONTENT-type: text/Plain"))
                    .isEqualTo(new PartHeader("a", "b.txt", "text/Plain"));
        }

        @Test
        void header_folded() throws IOException {
            assertThat(header("Content-Disposition: form-data;", "\tname=\"a\";", "  filename=\"b\""))
                    .isEqualTo(new PartHeader("a", "b", null));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "filename=\"a %22b%22.png\"",
                    "filename=\"a \\\"b\\\".png\"",
                    "filename=\"a \\\"b%22.png\"",
                    "filename=\"x\"; filename*=UTF-8''a%20%22b%22.png",
                    "filename*=utf-8'en'a%20%22b%22.png; filename=x"
                })
        void fileName_quotesAsClientsSendThem(String parameter) throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; " + parameter)
                            .fileName())
                    .isEqualTo("a \"b\".png");
        }

        @Test
        void fileName_windowsPath() throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename=\"C:\\new\\a;b=c.txt\"")
                            .fileName())
                    .isEqualTo("C:\\new\\a;b=c.txt");
        }

        @Test
        void fileName_percentSignsStay() throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename=\"100%0D%0A%2F.txt\"")
                            .fileName())
                    .isEqualTo("100%0D%0A%2F.txt");
        }

        @Test
        void fileName_utf8() throws IOException {
            String name = "\u65e5\u672c \u00e9 \ud83d\ude00.png";
            String asBytes = new String(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename=\"" + asBytes + "\"")
                            .fileName())
                    .isEqualTo(name);
        }

        @Test
        void fileName_latin1OfOldClients() throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename=\"caf\u00e9.txt\"")
                            .fileName())
                    .isEqualTo("caf\u00e9.txt");
        }

        @ParameterizedTest
        @ValueSource(strings = {"UTF-8''%", "UTF-8''%zz", "UTF-8''%ff", "UTF-16''a", "none", "UTF-8'x%41"})
        void fileName_extendedFormThatIsNone(String extended) throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename=plain; filename*=" + extended)
                            .fileName())
                    .isEqualTo("plain");
        }

        @Test
        void fileName_extendedLatin1() throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename*=ISO-8859-1''caf%E9")
                            .fileName())
                    .isEqualTo("caf\u00e9");
        }

        @Test
        void fileName_empty() throws IOException {
            assertThat(header("Content-Disposition: form-data; name=\"f\"; filename=\"\"")
                            .fileName())
                    .as("none")
                    .isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Type: text/plain",
                    "Content-Disposition: attachment; name=\"f\"",
                    "Content-Disposition: form-data; filename=\"f\"",
                    "Content-Disposition: form-data; name=\"f",
                    "Content-Disposition: form-data; name=\"f\" x",
                    "Content-Disposition: form-data; name=\"f\"; name=\"g\"",
                    "Content-Disposition: form-data; name=\"f\"; what",
                    "Content-Disposition: form-data; name=\"f\"\r\nContent-Disposition: form-data; name=\"f\"",
                    "Content-Disposition: form-data; name=\"f\"\r\nno colon",
                    "Content-Disposition: form-data; name=\"f\"\r\n: no name",
                    "Content-Disposition: form-data; name=\"f\"\nX: bare line feed",
                    "Content-Disposition: form-data; name=\"f\0\"",
                    "Content-Disposition: form-data; name=\"f\"\r\nContent-Transfer-Encoding: base64"
                })
        void header_malformed(String header) {
            assertThatThrownBy(() -> header(header)).isInstanceOf(MalformedMultipartException.class);
        }

        @Test
        void header_absent() {
            assertThatThrownBy(() -> parser("b", "--b\r\n\r\nx\r\n--b--").nextPart())
                    .isInstanceOf(MalformedMultipartException.class)
                    .hasMessage("expected a part to have Content-Disposition: form-data with a name");
        }

        @Test
        void header_upToTheLimit() throws IOException {
            String first = "Content-Disposition: form-data; name=\"f\"\r\nX: ";
            int rest = MultipartParser.MAX_HEADER_BYTES - first.length() - 2;

            assertThat(header(first + "x".repeat(rest)).name()).isEqualTo("f");
            assertThatThrownBy(() -> header(first + "x".repeat(rest + 1)))
                    .isInstanceOf(MalformedMultipartException.class)
                    .hasMessage("expected at most 8192 bytes of header before each part, found more");
            assertThatThrownBy(
                            () -> parser("b", "--b\r\n" + "x".repeat(1_000_000)).nextPart())
                    .isInstanceOf(MalformedMultipartException.class)
                    .hasMessage("expected at most 8192 bytes of header before each part, found more");
        }
    }

    @Test
    void read_intoTheMiddleOfAnArray() throws IOException {
        MultipartParser parser = parser("b", document("b", part("1", "abc")));
        parser.nextPart();
        byte[] array = new byte[8];
        Arrays.fill(array, (byte) '.');

        assertThat(parser.read(array, 2, 4)).isEqualTo(3);

        assertThat(new String(array, ISO_8859_1)).isEqualTo("..abc...");
        assertThat(parser.read(array, 0, 0)).isZero();
        assertThatThrownBy(() -> parser.read(array, 7, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
