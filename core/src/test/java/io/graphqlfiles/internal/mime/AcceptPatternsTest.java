package io.graphqlfiles.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "image/*, image/png, a.png",
        "IMAGE/*, image/png, a.png",
        "image/*, image/png, a.exe",
        "image/*, image/svg+xml, a.svg",
        "*/*, application/octet-stream, a",
        "application/pdf, application/pdf, a",
        "image/jpg, image/jpeg, a",
        "audio/x-wav, audio/wav, a",
        "text/xml, application/xml, a",
        ".png, image/png, a.png",
        ".PNG, image/png, A.Png",
        ".jpg, image/jpeg, a.jpeg",
        ".csv, text/csv, a.csv",
        ".md, text/markdown, a.md",
        ".mp4, audio/mp4, a.mp4",
        ".html, text/html, a.html",
        ".svg, image/svg+xml, a.svg",
        ".tar.gz, application/gzip, a.tar.gz",
        ".acme, application/octet-stream, a.acme",
        ".acme, image/png, a.acme",
        // special forms
        "image/tiff, image/x-nikon-nef, a.nef",
        "image/png, image/apng, a.png",
        "image/heif, image/heic, a.heic",
        "image/heic, image/heic-sequence, a.heic",
        ".heic, image/heif, a.heic",
        "application/pdf, application/illustrator, a.ai",
        "application/ogg, audio/ogg, a.ogg",
        "application/json, application/geo+json, a.geojson",
        "text/csv, text/csv, a",
        "text/x-csv, text/csv, a",
        "application/x-zip-compressed, application/zip, a",
        "application/x-rar-compressed, application/vnd.rar, a",
        "audio/m4a, audio/mp4, a",
        "image/x-icon, image/vnd.microsoft.icon, a",
        ".ts, video/mp2t, a.ts",
        ".ts, text/plain, a.ts",
        ".ogg, audio/ogg, a.ogg",
        ".m4a, audio/mp4, a.m4a",
        ".docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document, a.docx",
        ".txt, text/csv, a.txt",
    })
    void matches(String pattern, String type, String fileName) {
        assertThat(AcceptPatterns.parse(List.of("font/woff2", pattern)).matches(type, fileName))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "image/*, text/html, a.png",
        "image/*, application/octet-stream, a.png",
        "image/*, imagex/png, a.png",
        "image/png, image/jpeg, a.png",
        "application/pdf, text/plain, a.pdf",
        ".png, application/octet-stream, a.png",
        ".png, image/svg+xml, a.png",
        ".png, text/html, a.png",
        ".png, image/jpeg, a.png",
        ".png, image/png, a.gif",
        ".png, image/png, png",
        ".png, image/png,",
        ".txt, text/html, a.txt",
        ".txt, image/svg+xml, a.txt",
        ".md, text/html, a.md",
        ".docx, application/zip, a.docx",
        ".acme, text/html, a.acme",
        ".acme, image/svg+xml, a.acme",
        ".acme, image/png, a.png",
        "application/zip, application/java-archive, a.jar",
        "application/octet-stream, image/png, a",
        "text/plain, text/html, a",
        "text/plain, application/rtf, a",
        "application/xml, image/svg+xml, a.svg",
        "application/xml, application/xhtml+xml, a",
        "text/javascript, application/json, a.json",
        "video/mp4, audio/mp4, a.m4a",
        "video/quicktime, image/heic, a",
        ".xml, text/html, a.xml",
    })
    void matches_not(String pattern, String type, String fileName) {
        assertThat(AcceptPatterns.parse(List.of(pattern)).matches(type, fileName))
                .isFalse();
    }

    @Test
    void matches_noPatterns() {
        assertThat(AcceptPatterns.parse(List.of()).matches("text/html", null)).isTrue();
        assertThat(AcceptPatterns.all()).hasToString("*/*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "png",
                "image",
                "image/",
                "*/png",
                "*",
                "*.png",
                ".",
                "..",
                "./x",
                "image/png;q=1",
                "image/*,a/b",
                ". png"
            })
    void parse_malformed(String pattern) {
        assertThatThrownBy(() -> AcceptPatterns.parse(List.of("image/*", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("accept: expected a pattern such as \"image/*\", \"application/pdf\" or \".csv\", found \""
                        + pattern + "\"");
    }

    @Test
    void patterns_inOrderAndLowerCase() {
        AcceptPatterns patterns = AcceptPatterns.parse(List.of(" Image/* ", ".PDF", "image/*"));

        assertThat(patterns.patterns()).containsExactly("image/*", ".pdf");
        assertThat(patterns).hasToString("image/*, .pdf");
    }

    @ParameterizedTest
    @CsvSource({
        "image/*, image/png, a.png",
        "image/*, image/jpeg, a.webp",
        "image/png, image/jpeg, a.jpg",
        // one of the two may be right
        "image/*, application/pdf, a.png",
        "image/*, image/png, a.pdf",
        "image/*, application/pdf, a",
        "image/*, application/pdf, a.acme",
        "image/*, , a.pdf",
        "image/*, picture, a.pdf",
        "image/*, application/octet-stream, a.pdf",
        // known confusions
        "text/csv, application/vnd.ms-excel, a.csv",
        "text/*, application/vnd.ms-excel, a.xls",
        "text/*, video/mp2t, a.ts",
        "application/pdf, application/postscript, a.ai",
        "application/rtf, application/msword, a.doc",
        "audio/*, video/webm, a.webm",
        "audio/*, application/ogg, a.ogx",
        "image/svg+xml, text/xml, a.svg",
        "image/*, text/xml, a.svg",
        "*/*, application/pdf, a.pdf",
        ".csv, application/vnd.ms-excel, a.csv",
        ".jpg, application/pdf, a.jpeg",
    })
    void mayMatch(String pattern, String claimed, String fileName) {
        assertThat(AcceptPatterns.parse(List.of(pattern)).mayMatch(claimed, fileName))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "image/*, video/mp4, a.mp4",
        "image/*, application/pdf, a.pdf",
        "image/png, text/plain, a.txt",
        "application/pdf, image/png, a.png",
        "text/*, image/png, a.png",
        "audio/*, image/png, a.png",
        "video/*, application/zip, a.zip",
        "font/*, image/png, a.jpg",
        // an extension is asked for, which the name has not
        ".csv, text/csv, a.txt",
        ".csv, , a.pdf",
        ".csv, text/csv, a",
    })
    void mayMatch_not(String pattern, String claimed, String fileName) {
        assertThat(AcceptPatterns.parse(List.of(pattern)).mayMatch(claimed, fileName))
                .isFalse();
    }
}
