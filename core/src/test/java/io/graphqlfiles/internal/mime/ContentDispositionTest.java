package io.graphqlfiles.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDispositionTest {

    @Test
    void attachment_ascii() {
        assertThat(ContentDisposition.attachment("annual report.pdf"))
                .isEqualTo("attachment; filename=\"annual report.pdf\"");
    }

    @Test
    void inline_otherLetters() {
        assertThat(ContentDisposition.inline("Größe €.png"))
                .isEqualTo("inline; filename=\"Gr__e _.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%82%AC.png");
        assertThat(ContentDisposition.inline("😀.png"))
                .isEqualTo("inline; filename=\"_.png\"; filename*=UTF-8''%F0%9F%98%80.png");
    }

    @Test
    void attachment_nothingBreaksOut() {
        assertThat(ContentDisposition.attachment("a\"; filename=\"b.exe\\\r\nX: y%20'*"))
                .isEqualTo("attachment; filename=\"a_; filename=_b.exe___X: y_20'*\";"
                        + " filename*=UTF-8''a%22%3B%20filename%3D%22b.exe%5C%0D%0AX%3A%20y%2520%27%2A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "image/jpeg",
                "image/gif",
                "image/webp",
                "image/avif",
                "audio/mpeg",
                "video/mp4",
                "application/pdf",
                "text/plain"
            })
    void forType_shown(String type) {
        assertThat(ContentDisposition.forType(type, "a")).isEqualTo("inline; filename=\"a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xhtml+xml",
                "image/svg+xml",
                "application/xml",
                "text/xml",
                "video/acme+xml",
                "text/css",
                "text/csv",
                "text/javascript",
                "application/json",
                "application/zip",
                "application/octet-stream",
                "image/x-acme",
                "multipart/related",
                "message/rfc822",
                ""
            })
    void forType_downloaded(String type) {
        assertThat(ContentDisposition.forType(type, "a")).isEqualTo("attachment; filename=\"a\"");
    }
}
