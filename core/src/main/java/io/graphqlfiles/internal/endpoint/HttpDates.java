package io.graphqlfiles.internal.endpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates in HTTP headers (RFC 9110, section 5.6.7). */
public final class HttpDates {

    /** Not the JDK's own RFC 1123 format, which writes days below ten with one digit. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private HttpDates() {}

    /** To the second, rounded down. */
    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }

    /** The date; null if it is absent or in no format that is still sent. */
    public static @Nullable Instant parse(@Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            return FORMAT.parse(date.strip(), Instant::from);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
