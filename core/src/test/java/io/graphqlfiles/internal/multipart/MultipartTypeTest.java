package io.graphqlfiles.internal.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTypeTest {

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "Multipart/Form-Data; boundary=b", " multipart/form-data ;x"})
    void isFormData_yes(String contentType) {
        assertThat(MultipartType.isFormData(contentType)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "multipart/form-data2", "multipart/mixed; boundary=b", "application/json"})
    void isFormData_no(String contentType) {
        assertThat(MultipartType.isFormData(contentType)).isFalse();
        assertThat(MultipartType.isFormData(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            value = {
                "multipart/form-data; boundary=abc | abc",
                "multipart/form-data; charset=utf-8; BOUNDARY=aBc ; x=y | aBc",
                "multipart/form-data; boundary=\"a b;c\" | a b;c",
                "multipart/form-data; boundary=\"a\\\"b\" | a\"b",
                "multipart/form-data;boundary=----WebKitFormBoundary7MA4YWxk | ----WebKitFormBoundary7MA4YWxk"
            })
    void boundary_found(String contentType, String boundary) throws Exception {
        assertThat(MultipartType.boundary(contentType)).isEqualTo(boundary);
    }

    @Test
    void boundary_longest() throws Exception {
        String longest = "x".repeat(70);
        assertThat(MultipartType.boundary("multipart/form-data; boundary=" + longest))
                .isEqualTo(longest);
        assertThatThrownBy(() -> MultipartType.boundary("multipart/form-data; boundary=x" + longest))
                .isInstanceOf(MalformedMultipartException.class)
                .hasMessage("expected a boundary of at most 70 characters, found 71");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"a",
                "multipart/form-data; boundary=\"a \"",
                "multipart/form-data; boundary=\"a\tb\"",
                "multipart/form-data; boundary=\u00e9",
                "multipart/form-data; boundary=a; boundary=b"
            })
    void boundary_refused(String contentType) {
        assertThatThrownBy(() -> MultipartType.boundary(contentType)).isInstanceOf(MalformedMultipartException.class);
    }
}
