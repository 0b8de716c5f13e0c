package io.graphqlfiles.spring;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationStyle;

/**
 * Properties whose values can be wrong in ways that would show only later, or only as an exception of somebody else.
 */
final class CheckedSettings {

    private CheckedSettings() {}

    /**
     * The URL of a server, to which paths can be appended.
     *
     * @param property without {@code graphql.files.}
     * @throws InvalidConfigurationPropertyValueException if it is anything else
     */
    static @Nullable URI serverUrl(String property, @Nullable URI url) {
        if (url == null) {
            return null;
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw invalid(property, url, "Begin it with http:// or https://, for example http://localhost:9000.");
        }
        if (url.getRawUserInfo() != null
                || String.valueOf(url.getRawAuthority()).contains("@")) {
            throw invalid(
                    property, "a URL with credentials", "Take user and password off: a URL is no place for them.");
        }
        if (url.getHost() == null) {
            throw invalid(
                    property,
                    url,
                    "Write it as http://host:port, with a host of letters, digits, hyphens and dots (no underscore: give the"
                            + " server another name, for example a network alias) and a port of digits.");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw invalid(property, url, "Take off what begins with ? or #.");
        }
        return url;
    }

    /**
     * A time limit.
     *
     * @throws InvalidConfigurationPropertyValueException if it is not more than zero
     */
    static Duration positive(String property, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw invalid(property, written(duration), "Set it to more than zero, for example 10s.");
        }
        return duration;
    }

    /**
     * How long URLs and uploads are signed for.
     *
     * @throws InvalidConfigurationPropertyValueException if a store does not sign for that long
     */
    static void requireSignable(GraphQLFilesProperties properties, Collection<BlobStore> stores) {
        for (BlobStore store : stores) {
            Duration max = store instanceof DirectAccess access ? access.maxValidity() : null;
            if (max == null) {
                continue;
            }
            Duration url = properties.url().validity();
            Duration window = properties.url().window();
            if (url.compareTo(max.minus(window)) > 0) {
                throw invalid(
                        "url.validity",
                        written(url),
                        "Set graphql.files.url.validity and graphql.files.url.window (now " + written(window)
                                + ") to at most " + written(max) + " together: " + store + " signs for no longer.");
            }
            if (properties.upload().validity().compareTo(max) > 0) {
                throw invalid(
                        "upload.validity",
                        written(properties.upload().validity()),
                        "Set it to at most " + written(max) + ": " + store + " signs for no longer.");
            }
        }
    }

    /** As it can be written in properties. */
    private static String written(Duration duration) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
            if (duration.toSeconds() % unit.getDuration().toSeconds() == 0 && duration.toNanosPart() == 0) {
                return DurationStyle.SIMPLE.print(duration, unit);
            }
        }
        return DurationStyle.SIMPLE.print(duration, ChronoUnit.SECONDS);
    }

    private static InvalidConfigurationPropertyValueException invalid(String property, Object found, String reason) {
        return new InvalidConfigurationPropertyValueException("graphql.files." + property, found, reason);
    }
}
