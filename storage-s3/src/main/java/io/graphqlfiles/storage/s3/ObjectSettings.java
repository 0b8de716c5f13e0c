package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.Visibility;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * What every object of a store has in common.
 *
 * @param objectAcls whether public ones get an ACL
 * @param headers by their names in lower case: sent with every request that creates an object
 */
record ObjectSettings(boolean objectAcls, SortedMap<String, String> headers) {

    /** A key never gets other bytes, so caches need never ask again (RFC 8246). */
    static final String CACHED_BY_ALL = "public, max-age=31536000, immutable";

    /** Its signed URLs change every hour or so; what a browser keeps for longer is of no use. */
    static final String CACHED_BY_BROWSERS = "private, max-age=86400, immutable";

    private static final Pattern NAME = Pattern.compile("x-amz-[a-z0-9-]{1,60}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,1022}[\\x21-\\x7e])?");
    /** What this store or the SDK sets, and what reads would need too. */
    private static final Pattern TAKEN = Pattern.compile("x-amz-(acl|grant-.*|meta-.*|copy-source.*|metadata-directive"
            + "|date|content-sha256|security-token|checksum-.*|sdk-checksum-.*|trailer|decoded-content-length"
            + "|request-payer|server-side-encryption-customer-.*)");

    ObjectSettings {
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /**
     * Checks a header.
     *
     * @return its name in lower case
     * @throws IllegalArgumentException if it is none that can be added
     */
    static String requireAddable(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(lower).matches() || TAKEN.matcher(lower).matches()) {
            throw new IllegalArgumentException("requestHeader: expected a header x-amz-... that creates objects and is"
                    + " not needed to read them, found \"" + name + "\"");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "requestHeader: expected visible ASCII as value of " + lower + ", found something else");
        }
        return lower;
    }

    /**
     * Private objects get no ACL: that is what the bucket's owner has by default, and some buckets refuse every ACL.
     */
    @Nullable
    ObjectCannedACL acl(Visibility visibility) {
        return objectAcls && visibility == Visibility.PUBLIC ? ObjectCannedACL.PUBLIC_READ : null;
    }

    static String cacheControl(Visibility visibility) {
        return visibility == Visibility.PUBLIC ? CACHED_BY_ALL : CACHED_BY_BROWSERS;
    }

    @Nullable
    AwsRequestOverrideConfiguration configuration() {
        if (headers.isEmpty()) {
            return null;
        }
        AwsRequestOverrideConfiguration.Builder builder = AwsRequestOverrideConfiguration.builder();
        headers.forEach(builder::putHeader);
        return builder.build();
    }
}
