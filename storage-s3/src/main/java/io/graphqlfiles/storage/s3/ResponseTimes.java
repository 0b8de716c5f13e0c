package io.graphqlfiles.storage.s3;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;

/**
 * When the server did what its answer reports. Answers to writes do not say; the header {@code Date} is closest to it.
 */
final class ResponseTimes {

    private ResponseTimes() {}

    /** @param stated what the answer itself says; may be null */
    static Instant of(@Nullable Instant stated, SdkResponse answer) {
        return stated != null ? stated : of(answer);
    }

    /** By the server's clock, to the second (RFC 9110, section 6.6.1); by ours if it does not say. */
    static Instant of(SdkResponse answer) {
        return answer.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(ResponseTimes::parse)
                .orElseGet(Instant::now);
    }

    private static @Nullable Instant parse(String date) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
