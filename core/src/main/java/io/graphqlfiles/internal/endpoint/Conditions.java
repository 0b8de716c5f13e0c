package io.graphqlfiles.internal.endpoint;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions of a GET or HEAD request (RFC 9110, section 13), held against what there is. */
public final class Conditions {

    /** What the conditions make of the answer. */
    public enum Outcome {
        /** Send the content. */
        PROCEED,
        /** 304: the client has it already. */
        NOT_MODIFIED,
        /** 412: it is not what the client expects. */
        PRECONDITION_FAILED
    }

    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?(\"[^\"]*\")");

    private final UnaryOperator<@Nullable String> headers;
    private final String entityTag;
    private final Instant lastModified;

    /**
     * Takes what is there.
     *
     * @param headers gives a request header by its name, null if it is absent
     * @param entityTag strong, with its quotes
     */
    public Conditions(UnaryOperator<@Nullable String> headers, String entityTag, Instant lastModified) {
        this.headers = headers;
        this.entityTag = entityTag;
        this.lastModified = lastModified.truncatedTo(ChronoUnit.SECONDS);
    }

    /** In the order of section 13.2.2; dates count only where the request has no tags. */
    public Outcome evaluate() {
        String ifMatch = headers.apply("If-Match");
        Instant unmodifiedSince = HttpDates.parse(headers.apply("If-Unmodified-Since"));
        if (ifMatch != null
                ? !matches(ifMatch, true)
                : unmodifiedSince != null && lastModified.isAfter(unmodifiedSince)) {
            return Outcome.PRECONDITION_FAILED;
        }
        String ifNoneMatch = headers.apply("If-None-Match");
        Instant modifiedSince = HttpDates.parse(headers.apply("If-Modified-Since"));
        if (ifNoneMatch != null
                ? matches(ifNoneMatch, false)
                : modifiedSince != null && !lastModified.isAfter(modifiedSince)) {
            return Outcome.NOT_MODIFIED;
        }
        return Outcome.PROCEED;
    }

    /** Section 13.1.5: a range is meant only for the very content that the client has the rest of. */
    public boolean permitRange() {
        String ifRange = headers.apply("If-Range");
        if (ifRange == null) {
            return true;
        }
        return ifRange.strip().equals(entityTag) || lastModified.equals(HttpDates.parse(ifRange));
    }

    private boolean matches(String list, boolean strongly) {
        if (list.strip().equals("*")) {
            return true;
        }
        for (Matcher tag = ENTITY_TAG.matcher(list); tag.find(); ) {
            if (tag.group(2).equals(entityTag) && !(strongly && tag.group(1) != null)) {
                return true;
            }
        }
        return false;
    }
}
