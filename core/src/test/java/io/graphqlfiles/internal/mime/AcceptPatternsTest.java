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
}
