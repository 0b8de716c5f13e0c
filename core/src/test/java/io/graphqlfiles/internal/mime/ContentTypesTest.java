package io.graphqlfiles.internal.mime;

import static io.graphqlfiles.internal.mime.Samples.ebml;
import static io.graphqlfiles.internal.mime.Samples.hex;
import static io.graphqlfiles.internal.mime.Samples.isoMedia;
import static io.graphqlfiles.internal.mime.Samples.joined;
import static io.graphqlfiles.internal.mime.Samples.text;
import static io.graphqlfiles.internal.mime.Samples.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.tika.Tika;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypesTest {

    private static String detect(byte[] bytes) {
        return ContentTypes.detect(bytes, bytes.length, null);
    }

    private static String detect(byte[] bytes, String fileName) {
        return ContentTypes.detect(bytes, bytes.length, fileName);
    }

    @Nested
    class Detect {

        static Stream<Arguments> files() {
            return Stream.of(
                    arguments("image/png", Samples.png()),
                    arguments("image/jpeg", Samples.jpeg()),
                    arguments("image/gif", Samples.gif()),
                    arguments("image/webp", Samples.webp()),
                    arguments("audio/wav", Samples.wav()),
                    arguments("application/pdf", Samples.pdf()),
                    arguments("video/mp4", isoMedia("mp42", "isom", "mp42")),
                    arguments("video/mp4", isoMedia("isom", "isom", "iso2", "avc1", "mp41")),
                    arguments("video/mp4", isoMedia("iso5", "iso6", "mp41")),
                    arguments("video/mp4", isoMedia("iso6")),
                    arguments("video/mp4", isoMedia("avc1")),
                    arguments("video/mp4", isoMedia("dash")),
                    arguments("audio/mp4", isoMedia("M4A ")),
                    arguments("video/quicktime", isoMedia("qt  ", "qt  ")),
                    arguments("image/heic", isoMedia("heic", "mif1", "heic")),
                    arguments("image/heic", isoMedia("mif1", "mif1", "heic")),
                    arguments("image/avif", isoMedia("avif", "mif1", "avif")),
                    arguments("image/avif", isoMedia("mif1", "mif1", "avif", "miaf")),
                    arguments("image/heif", isoMedia("mif1", "mif1", "miaf")),
                    arguments("video/webm", ebml("webm")),
                    arguments("video/x-matroska", ebml("matroska")),
                    arguments("application/zip", zip("a.txt", "b.txt")),
                    arguments("application/java-archive", zip("META-INF/MANIFEST.MF", "A.class")),
                    arguments(
                            "application/vnd.android.package-archive",
                            zip("META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex")),
                    arguments(
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            zip("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
                    arguments(
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            zip("xl/workbook.xml", "docProps/app.xml", "[Content_Types].xml")),
                    arguments(
                            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                            zip("_rels/.rels", "ppt/presentation.xml")),
                    arguments(
                            "application/vnd.ms-word.document.macroenabled.12",
                            zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
                    arguments("application/gzip", hex("1f8b0800000000000003 0300 00000000 00000000")),
                    arguments("application/x-ole-storage", Samples.ole()),
                    arguments("application/json", text("not json by its bytes"), "a.json"),
                    arguments("text/plain", text("hello, wörld\n")),
                    arguments("text/plain", text("a,b\n1,2\n")),
                    arguments("text/plain", text("5 < 6 and <b")),
                    arguments("text/plain", new byte[0]),
                    arguments("application/xml", text("<?xml version=\"1.0\"?><order/>")),
                    arguments("application/octet-stream", Samples.random()));
        }

        @ParameterizedTest
        @MethodSource("files")
        void detect_fromBytes(String expected, byte[] bytes) {
            if (!expected.equals("application/json")) {
                assertThat(detect(bytes)).isEqualTo(expected);
            } else {
                assertThat(detect(bytes, "a.json")).isEqualTo(expected);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "evil.png",
                    "evil.jpg",
                    "evil.svg",
                    "evil.html",
                    "evil.pdf",
                    "evil.mp4",
                    "evil.docx",
                    "evil.csv",
                    "evil.txt"
                })
        void detect_unknownBytes_nameDecidesNothing(String name) {
            assertThat(detect(Samples.random(), name)).isEqualTo("application/octet-stream");
        }

        @ParameterizedTest
        @CsvSource({
            "a.csv, text/csv",
            "A.CSV, text/csv",
            "a.json, application/json",
            "a.md, text/markdown",
            "a.js, text/javascript",
            "a.txt, text/plain",
            "a.png, text/plain",
            "a.svg, text/plain",
            "a.pdf, text/plain",
            "a.docx, text/plain",
            "csv, text/plain",
            "a.csv., text/plain",
        })
        void detect_text_nameRefines(String name, String expected) {
            assertThat(detect(text("some, text"), name)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "a.jar, application/java-archive",
            "a.zip, application/zip",
            "a.docx, application/zip",
            "a.odt, application/zip",
            "a.epub, application/zip",
            "a.png, application/zip",
            "a.html, application/zip",
        })
        void detect_zip_nameRefinesToWhatHasNoMarks(String name, String expected) {
            assertThat(detect(zip("content.bin"), name)).isEqualTo(expected);
        }

        @Test
        void detect_officePackage_nameRefines() {
            byte[] bytes = zip("[Content_Types].xml", "other/part.xml");

            assertThat(detect(bytes)).isEqualTo("application/zip");
            assertThat(detect(bytes, "a.vsdx")).isEqualTo("application/vnd.ms-visio.drawing");
            assertThat(detect(bytes, "a.png")).isEqualTo("application/zip");
            assertThat(detect(Samples.ole(), "a.doc")).isEqualTo("application/msword");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<!DOCTYPE html><title>x</title>",
                    "<!doctype HTML>",
                    "<html>",
                    "<HTML lang=en>",
                    "<head>",
                    "<script>alert(1)</script>",
                    "<ScRiPt\nsrc=x>",
                    "<script/src=x>",
                    "<iframe src=javascript:alert(1)>",
                    "<h1>",
                    "<div>",
                    "<font>",
                    "<table>",
                    "<a href=x>",
                    "<style>",
                    "<title>",
                    "<b>",
                    "<body onload=alert(1)>",
                    "<br>",
                    "<p>",
                    "<!-- comment -->",
                    "<!-- open",
                    " \t\r\n\f<script>",
                    "\uFEFF<script>",
                    "\uFEFF \n<!-- a --><!-- b -->\n<script>",
                    "<?php echo 1 ?><script>",
                    "<img src=x onerror=alert(1)>",
                    "<embed src=x>",
                    "<object data=x>",
                    "<math><mtext></mtext></math>",
                    "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><script/></html>",
                    "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
                })
        void detect_whatBrowsersTakeForHtml(String markup) {
            assertThat(detect(text(markup))).isEqualTo("text/html");
            assertThat(detect(text(markup), "harmless.png")).isEqualTo("text/html");
            assertThat(detect(text(markup), "harmless.txt")).isEqualTo("text/html");
            assertThat(detect(("\uFEFF" + markup).getBytes(StandardCharsets.UTF_16LE)))
                    .isEqualTo("text/html");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                    "<svg>",
                    "<SVG onload=alert(1)>",
                    "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                    "<?xml version=\"1.0\"?><!-- a --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x\"><svg/>",
                    "<!DOCTYPE svg [ <!ENTITY a \"b>c\"> ]><svg/>",
                    "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>",
                    "<!-- a > b --> <svg/>",
                })
        void detect_svg(String markup) {
            assertThat(detect(text(markup))).isEqualTo("image/svg+xml");
            assertThat(detect(text(markup), "harmless.png")).isEqualTo("image/svg+xml");
            assertThat(detect(("\uFEFF" + markup).getBytes(StandardCharsets.UTF_16BE)))
                    .isEqualTo("image/svg+xml");
        }

        @Test
        void detect_svgBehindLongComment() {
            assertThat(detect(text("<!--" + "x".repeat(60_000) + "--><svg/>"))).isEqualTo("image/svg+xml");
        }

        @Test
        void detect_onlyThePrefixCounts() {
            byte[] bytes = joined(text("x".repeat(ContentTypes.PREFIX_LENGTH)), Samples.random());

            assertThat(detect(bytes)).isEqualTo("text/plain");
            assertThat(ContentTypes.detect(Samples.png(), 3, null)).isNotEqualTo("image/png");
        }

        @Test
        void detect_leavesTheApplicationsTikaAlone() {
            assertThat(new Tika().detect(isoMedia("isom"))).isEqualTo("video/quicktime");
            assertThat(detect(isoMedia("isom"))).isEqualTo("video/mp4");
        }

        @Test
        void detect_hostileMarkup_staysLinear() {
            for (String unit :
                    new String[] {"<", "<!--", "<?", "<!doctype x [", "<!---->", " ", "<a:", "<!doctype x>"}) {
                assertThat(detect(text(unit.repeat(65_536 / unit.length())))).isNotNull();
            }
        }
    }

    @Nested
    class Agree {

        @ParameterizedTest
        @CsvSource({
            // the same, by another name
            "image/png, image/png, image/png",
            "image/jpg, image/jpeg, image/jpeg",
            "audio/x-wav, audio/wav, audio/wav",
            "audio/mp3, audio/mpeg, audio/mpeg",
            "application/x-zip-compressed, application/zip, application/zip",
            "text/xml, application/xml, application/xml",
            // no claim worth the name
            "application/octet-stream, image/png, image/png",
            "application/octet-stream, text/html, text/html",
            // the claim says more
            "text/csv, text/plain, text/csv",
            "application/json, text/plain, application/json",
            "application/ld+json, text/plain, application/ld+json",
            "text/x-python, text/plain, text/x-python",
            "text/html, text/plain, text/html",
            "application/java-archive, application/zip, application/java-archive",
            "application/vnd.acme.box+zip, application/zip, application/vnd.acme.box+zip",
            "application/vnd.acme, application/octet-stream, application/vnd.acme",
            "application/x-acme-script, text/plain, application/x-acme-script",
            "application/msword, application/x-ole-storage, application/msword",
            "application/rss+xml, application/xml, application/rss+xml",
            "audio/webm, video/webm, audio/webm",
            "audio/mp4, video/mp4, audio/mp4",
            "audio/ogg, application/ogg, audio/ogg",
            // the content says more
            "text/plain, text/csv, text/csv",
            "text/plain, text/html, text/html",
            "text/markdown, text/html, text/html",
            "application/xml, image/svg+xml, image/svg+xml",
            "video/quicktime, video/mp4, video/mp4",
            "application/zip, application/java-archive, application/java-archive",
            "application/vnd.ms-excel, text/csv, text/csv",
        })
        void agree_effectiveType(String claimed, String detected, String expected) {
            assertThat(ContentTypes.agree(claimed, detected)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "image/png, text/html",
            "image/png, image/svg+xml",
            "image/svg+xml, text/html",
            "application/pdf, text/html",
            "video/mp4, text/html",
            "application/zip, text/html",
            "application/x-acme, text/html",
            "application/x-acme, image/svg+xml",
            "image/png, application/octet-stream",
            "image/x-acme, application/octet-stream",
            "video/x-acme, application/octet-stream",
            "application/pdf, application/octet-stream",
            "application/json, application/octet-stream",
            "text/plain, application/octet-stream",
            "text/javascript, application/octet-stream",
            "application/javascript, application/octet-stream",
            "image/svg+xml, text/plain",
            "image/svg+xml, application/xml",
            "image/png, text/plain",
            "application/pdf, text/plain",
            "application/pdf, application/zip",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document, application/zip",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document, application/octet-stream",
            "application/epub+zip, application/zip",
            "image/png, image/jpeg",
            "application/java-archive, image/png",
            "text/html, image/png",
            "text/html, application/zip",
        })
        void agree_wrongClaim(String claimed, String detected) {
            assertThat(ContentTypes.agree(claimed, detected)).isNull();
        }

        @Test
        void agree_noClaim() {
            assertThat(ContentTypes.agree(null, "image/png")).isEqualTo("image/png");
        }
    }

    @Nested
    class Parse {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "image/png|image/png",
                    "IMAGE/PNG|image/png",
                    "text/plain; charset=UTF-8|text/plain",
                    "text/plain;charset=\"utf-8\"|text/plain",
                    "text/plain ; a=b ; c=\"d \\\" e\"|text/plain",
                    "text/plain;|text/plain",
                    "application/vnd.a+json|application/vnd.a+json",
                })
        void parse_type(String header, String expected) {
            assertThat(ContentTypes.parse(header)).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "png",
                    "image/",
                    "/png",
                    "image/*",
                    "*/*",
                    "image/png/x",
                    "image /png",
                    "image/png\r\nX: y",
                    "image/png, text/html",
                    "image/png; charset",
                    "image/png; charset=\"x",
                    "image/png; =x",
                    "ımage/png",
                    "text/html<script>"
                })
        void parse_notAType(String header) {
            assertThat(ContentTypes.parse(header)).isNull();
        }

        @Test
        void parse_tooLong() {
            assertThat(ContentTypes.parse("a/" + "b".repeat(255))).isNull();
        }
    }
}
