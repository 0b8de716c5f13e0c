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
        return ContentTypes.find(bytes, bytes.length, null, null).get(0);
    }

    private static String detect(byte[] bytes, String fileName) {
        return ContentTypes.find(bytes, bytes.length, null, fileName).get(0);
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
            assertThat(ContentTypes.find(Samples.png(), 3, null, null).get(0)).isNotEqualTo("image/png");
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

    /** What is claimed of the content, and what comes of it. */
    @Nested
    class Claims {

        private static byte[] content(String kind) {
            return switch (kind) {
                case "text" -> text("some, text\n");
                case "empty" -> new byte[0];
                case "html" -> text("<html><script>alert(1)</script></html>");
                case "svg" -> text("<svg onload=alert(1)>");
                case "xml" -> text("<?xml version=\"1.0\"?><order/>");
                case "png" -> Samples.png();
                case "jpeg" -> Samples.jpeg();
                case "zip" -> zip("a.txt");
                case "jar" -> zip("META-INF/MANIFEST.MF");
                case "ole" -> Samples.ole();
                case "pdf" -> Samples.pdf();
                case "unknown" -> Samples.random();
                case "webm" -> ebml("webm");
                case "ogg" -> Samples.ogg("nothing known");
                case "mp4" -> isoMedia("isom");
                case "quicktime" -> isoMedia("qt  ");
                case "rtf" -> text("{\\rtf1\\ansi x}");
                default -> throw new IllegalArgumentException(kind);
            };
        }

        private static String find(String kind, String claimed, String fileName) {
            byte[] content = content(kind);
            return ContentTypes.find(content, content.length, claimed, fileName).get(0);
        }

        @ParameterizedTest
        @CsvSource({
            // the same, by another name
            "png, image/png, image/png",
            "png, image/x-png, image/png",
            "jpeg, image/jpg, image/jpeg",
            "zip, application/x-zip-compressed, application/zip",
            "xml, text/xml, application/xml",
            // the claim says more
            "text, text/csv, text/csv",
            "text, text/x-csv, text/csv",
            "text, application/csv, text/csv",
            "text, text/comma-separated-values, text/csv",
            "text, application/json, application/json",
            "text, application/ld+json, application/ld+json",
            "text, application/jsonl, application/x-ndjson",
            "text, text/x-python, text/x-python",
            "text, text/html, text/html",
            "text, application/javascript, text/javascript",
            "text, application/x-acme-script, application/x-acme-script",
            "zip, application/java-archive, application/java-archive",
            "zip, application/vnd.acme.box+zip, application/vnd.acme.box+zip",
            "unknown, application/vnd.acme, application/vnd.acme",
            "ole, application/msword, application/msword",
            "xml, application/rss+xml, application/rss+xml",
            "webm, audio/webm;codecs=opus, audio/webm",
            "mp4, audio/mp4, audio/mp4",
            "mp4, audio/m4a, audio/mp4",
            "mp4, audio/x-m4a, audio/mp4",
            "ogg, audio/ogg, audio/ogg",
            "ogg, video/ogg, video/ogg",
            "pdf, application/illustrator, application/illustrator",
            // the content says more
            "html, text/plain, text/html",
            "html, text/markdown, text/html",
            "svg, application/xml, image/svg+xml",
            "quicktime, video/mp4, video/quicktime",
            "jar, application/zip, application/java-archive",
        })
        void moreIsClaimed(String content, String claimed, String expected) {
            assertThat(find(content, claimed, null)).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "html, image/png, text/html",
            "html, image/svg+xml, text/html",
            "html, application/pdf, text/html",
            "html, application/x-acme, text/html",
            "html, application/json, text/html",
            "html, text/javascript, text/html",
            "svg, image/png, image/svg+xml",
            "svg, text/plain, image/svg+xml",
            "svg, application/x-acme, image/svg+xml",
            "xml, image/svg+xml, application/xml",
            "xml, text/plain, application/xml",
            "unknown, image/png, application/octet-stream",
            "unknown, image/x-acme, application/octet-stream",
            "unknown, video/x-acme, application/octet-stream",
            "unknown, font/ttf, application/octet-stream",
            "unknown, application/pdf, application/octet-stream",
            "unknown, application/json, application/octet-stream",
            "unknown, text/plain, application/octet-stream",
            "unknown, text/html, application/octet-stream",
            "unknown, text/javascript, application/octet-stream",
            "text, image/svg+xml, text/plain",
            "text, image/png, text/plain",
            "text, application/pdf, text/plain",
            "text, video/mp2t, text/plain",
            "text, application/vnd.ms-excel, text/plain",
            "text, application/xhtml+xml, text/plain",
            "rtf, application/msword, application/rtf",
            "zip, application/pdf, application/zip",
            "zip, text/html, application/zip",
            "png, image/jpeg, image/png",
            "png, text/html, image/png",
            "png, image/svg+xml, image/png",
            "png, application/java-archive, image/png",
            "jpeg, image/heic, image/jpeg",
            "empty, image/png, text/plain",
        })
        void wrong_countsForNothing(String content, String claimed, String expected) {
            assertThat(find(content, claimed, null)).isEqualTo(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "image",
                    "image/*",
                    "*/*",
                    "undefined",
                    "null",
                    "png",
                    ".png",
                    "a b/c",
                    "image/png\r\nX: y",
                    "image/png, image/jpeg",
                    "application/octet-stream",
                    "application/octet-stream; charset=binary",
                    "binary/octet-stream",
                    "application/force-download",
                    "application/x-download",
                    "multipart/form-data",
                })
        void none(String claimed) {
            assertThat(find("png", claimed, null)).isEqualTo("image/png");
            assertThat(find("text", claimed, null)).isEqualTo("text/plain");
            assertThat(find("text", claimed, "a.csv")).isEqualTo("text/csv");
            assertThat(find("unknown", claimed, null)).isEqualTo("application/octet-stream");
            assertThat(find("html", claimed, null)).isEqualTo("text/html");
        }

        @ParameterizedTest
        @CsvSource({
            "text, application/vnd.ms-excel, a.csv, text/csv",
            "text, text/plain, a.csv, text/csv",
            "text, text/markdown, a.csv, text/markdown",
            "text, video/mp2t, a.ts, text/plain",
            "text, application/txt, a.csv, text/csv",
            "text, application/x-genesis-rom, a.md, text/markdown",
            "text, application/json, a.geojson, application/geo+json",
            "text, application/json, a.ipynb, application/x-ipynb+json",
            "text, application/geo+json, a.json, application/geo+json",
            "text, text/srt, a.txt, application/x-subrip",
            "text, application/vnd.geo+json, , application/geo+json",
            "text, text/anytext, a.csv, text/csv",
            "text, application/x-acme, a.acme, application/x-acme",
            "unknown, application/x-acme, a.br, application/x-brotli",
            "text, text/html, a.txt, text/plain",
            "text, text/html, a.csv, text/csv",
            "text, text/html, a.html, text/html",
            "text, text/html, a, text/html",
            "text, text/javascript, a.html, text/html",
            "text, , a.svg, text/plain",
            "zip, image/png, a.jar, application/java-archive",
            "ole, application/octet-stream, a.msg, application/vnd.ms-outlook",
            "unknown, , a.br, application/x-brotli",
            "unknown, , a.html, application/octet-stream",
            "unknown, , a.svg, application/octet-stream",
            "unknown, , a.log, application/octet-stream",
        })
        void andName(String content, String claimed, String fileName, String expected) {
            assertThat(find(content, claimed, fileName)).isEqualTo(expected);
        }

        @Test
        void find_alsoWhatIsRightButLessPrecise() {
            byte[] content = content("text");

            assertThat(ContentTypes.find(content, content.length, null, "a.csv"))
                    .containsExactly("text/csv", "text/plain");
            assertThat(ContentTypes.find(content, content.length, "text/html", null))
                    .containsExactly("text/html");
            byte[] script = text("#!/bin/sh\n");
            assertThat(ContentTypes.find(script, script.length, null, "a.sh"))
                    .containsExactly("application/x-sh", "text/plain");
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
                    "video/webm;codecs=vp8,opus|video/webm",
                    "video/webm; codecs=\"vp8, opus\"|video/webm",
                    "video/mp4;codecs=avc1,opus|video/mp4",
                    "audio/ogg; codecs=opus;|audio/ogg",
                    "audio/webm;codecs=opus;codecs=pcm;;|audio/webm",
                    "text/plain; charset|text/plain",
                    "text/plain; charset=\"x|text/plain",
                    "text/plain; =x|text/plain",
                    " Image/PNG ; name=a b.png|image/png",
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
