package io.graphqlfiles.storage.s3;

/** Entity tags, which some servers send in quotes and some without. */
final class ETags {

    private ETags() {}

    /** As we keep and compare them. */
    static String bare(String eTag) {
        return eTag.replace("\"", "");
    }

    /** Whether an answer names one: an empty one names nothing, though some servers send it. */
    static boolean isNamed(String eTag) {
        return !bare(eTag).isBlank();
    }

    /** As a condition wants them (RFC 9110, section 8.8.3). */
    static String quoted(String bare) {
        return '"' + bare + '"';
    }
}
