package io.graphqlfiles.internal.header;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {

    /** Anybody can send them, before anything is known of who it is. */
    @ParameterizedTest
    @ValueSource(strings = {"\\\"", "\"", "\\\";", "\\\"; a"})
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void blanksBehindAQuote_areReadOnce(String before) throws HeaderSyntaxException {
        String text = before + " ".repeat(1_000_000) + "x";

        assertThat(HeaderValue.parse("form-data; name=\"a" + text + "\"").value())
                .isEqualTo("form-data");
    }
}
