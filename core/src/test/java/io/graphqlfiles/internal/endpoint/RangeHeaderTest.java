package io.graphqlfiles.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-, bytes 0-99/100, 100",
        "bytes=0-0, bytes 0-0/100, 1",
        "bytes=10-19, bytes 10-19/100, 10",
        "bytes=90-200, bytes 90-99/100, 10",
        "bytes=99-, bytes 99-99/100, 1",
        "bytes=-1, bytes 99-99/100, 1",
        "bytes=-100, bytes 0-99/100, 100",
        "bytes=-500, bytes 0-99/100, 100",
        "Bytes=0-1, bytes 0-1/100, 2",
        "bytes=5-999999999999999999, bytes 5-99/100, 95",
    })
    void parse_single(String header, String contentRange, long length) {
        RangeHeader range = RangeHeader.parse(header, 100);

        assertThat(range.contentRange(100)).isEqualTo(contentRange);
        assertThat(range.length()).isEqualTo(length);
        assertThat(range.isUnsatisfiable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void parse_unsatisfiable(String header) {
        RangeHeader range = RangeHeader.parse(header, 100);

        assertThat(range.isUnsatisfiable()).isTrue();
        assertThat(range.contentRange(100)).isEqualTo("bytes */100");
    }

    @Test
    void parse_emptyContent() {
        assertThat(RangeHeader.parse("bytes=0-", 0).isUnsatisfiable()).isTrue();
        assertThat(RangeHeader.parse("bytes=-5", 0).isUnsatisfiable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "items=0-1",
                "bytes=0-1; x",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=٠-١",
                "bytes=99999999999999999999-"
            })
    void parse_allOfIt(String header) {
        assertThat(RangeHeader.parse(header, 100)).isNull();
        assertThat(RangeHeader.parse(null, 100)).isNull();
    }
}
