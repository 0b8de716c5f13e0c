package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512B, 512",
        "64KB, 65536",
        "64k, 65536",
        "5MB, 5242880",
        "5mb, 5242880",
        "5MiB, 5242880",
        "' 1 GB ', 1073741824",
        "2TB, 2199023255552",
    })
    void parse_units(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(ByteSize.bytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5MB", "1iB", "1 parsec", "1MBB", "0x10", "1,000", "1234567890123456789"})
    void parse_anythingElse(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a size such as \"512\", \"64KB\", \"5MB\" or \"1GB\", found \"" + text + "\"");
    }

    @Test
    void parse_longText_isShortened() {
        assertThatThrownBy(() -> ByteSize.parse("x".repeat(1000)))
                .hasMessage("expected a size such as \"512\", \"64KB\", \"5MB\" or \"1GB\", found \"" + "x".repeat(40)
                        + "...\"");
    }

    @Test
    void parse_tooLarge() {
        assertThatThrownBy(() -> ByteSize.parse("9000000TB"))
                .hasMessage("expected a size below 8 exabytes, found 9000000 with unit TB");
    }

    @Test
    void negative() {
        assertThatThrownBy(() -> ByteSize.bytes(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected 0 or more bytes, found -1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1000, 1000 bytes",
        "1024, 1 KB",
        "1536, 1536 bytes",
        "5242880, 5 MB",
        "1125899906842624, 1024 TB",
    })
    void toString_largestUnitThatGivesAWholeNumber(long bytes, String text) {
        assertThat(ByteSize.bytes(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1023, 1024, 1025, 1 << 20, (1L << 40) + 1024, 1L << 50})
    void toString_canBeRead(long bytes) {
        assertThat(ByteSize.parse(
                        ByteSize.bytes(bytes).toString().replace("bytes", "B").replace("byte", "B")))
                .isEqualTo(ByteSize.bytes(bytes));
    }

    @Test
    void factories_andOrder() {
        assertThat(ByteSize.kilobytes(1)).isEqualTo(ByteSize.bytes(1024)).isLessThan(ByteSize.megabytes(1));
        assertThat(ByteSize.gigabytes(1)).isEqualTo(ByteSize.megabytes(1024));
    }
}
