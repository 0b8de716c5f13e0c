package io.graphqlfiles.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    private static final Instant CREATED = Instant.parse("2026-06-03T09:08:07.654Z");

    private static Conditions conditions(String... namesAndValues) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Conditions(headers::get, "\"v1\"", CREATED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "If-None-Match|\"v1\"|NOT_MODIFIED",
                "If-None-Match|W/\"v1\"|NOT_MODIFIED",
                "If-None-Match|\"v0\", \"v1\"|NOT_MODIFIED",
                "If-None-Match|*|NOT_MODIFIED",
                "If-None-Match|\"v0\"|PROCEED",
                "If-None-Match|v1|PROCEED",
                "If-Match|\"v1\"|PROCEED",
                "If-Match|*|PROCEED",
                "If-Match|\"v0\"|PRECONDITION_FAILED",
                "If-Match|W/\"v1\"|PRECONDITION_FAILED",
                "If-Modified-Since|Wed, 03 Jun 2026 09:08:07 GMT|NOT_MODIFIED",
                "If-Modified-Since|Wed, 03 Jun 2026 09:08:06 GMT|PROCEED",
                "If-Modified-Since|yesterday|PROCEED",
                "If-Unmodified-Since|Wed, 03 Jun 2026 09:08:07 GMT|PROCEED",
                "If-Unmodified-Since|Wed, 03 Jun 2026 09:08:06 GMT|PRECONDITION_FAILED",
            })
    void evaluate_single(String name, String value, Conditions.Outcome expected) {
        assertThat(conditions(name, value).evaluate()).isEqualTo(expected);
    }

    @Test
    void evaluate_tagsWinOverDates() {
        assertThat(conditions("If-None-Match", "\"v0\"", "If-Modified-Since", "Wed, 03 Jun 2026 09:08:07 GMT")
                        .evaluate())
                .isEqualTo(Conditions.Outcome.PROCEED);
        assertThat(conditions("If-Match", "\"v1\"", "If-Unmodified-Since", "Wed, 03 Jun 2020 09:08:07 GMT")
                        .evaluate())
                .isEqualTo(Conditions.Outcome.PROCEED);
        assertThat(conditions("If-Match", "\"v0\"", "If-None-Match", "\"v1\"").evaluate())
                .isEqualTo(Conditions.Outcome.PRECONDITION_FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            delimiter = '|',
            value = {
                "\"v1\"|true",
                "W/\"v1\"|false",
                "\"v0\"|false",
                "Wed, 03 Jun 2026 09:08:07 GMT|true",
                "Wed, 03 Jun 2026 09:08:08 GMT|false",
                "nonsense|false",
            })
    void permitRange_ifRange(String value, boolean expected) {
        assertThat(conditions("If-Range", value).permitRange()).isEqualTo(expected);
        assertThat(conditions().permitRange()).isTrue();
    }

    @Test
    void format_twoDigitDays() {
        assertThat(HttpDates.format(CREATED)).isEqualTo("Wed, 03 Jun 2026 09:08:07 GMT");
    }
}
