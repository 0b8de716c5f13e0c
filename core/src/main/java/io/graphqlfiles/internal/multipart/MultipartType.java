package io.graphqlfiles.internal.multipart;

import io.graphqlfiles.internal.header.HeaderSyntaxException;
import io.graphqlfiles.internal.header.HeaderValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The {@code Content-Type} of a multipart request. */
public final class MultipartType {

    private static final String FORM_DATA = "multipart/form-data";
    /** RFC 2046, 5.1.1. */
    private static final int MAX_BOUNDARY = 70;

    private MultipartType() {}

    /** Whether the header names {@code multipart/form-data}, whatever its parameters. */
    public static boolean isFormData(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT).equals(FORM_DATA);
    }

    /**
     * The boundary that the header gives, unquoted.
     *
     * @throws MalformedMultipartException if there is none, or it is none that RFC 2046 permits
     */
    public static String boundary(String contentType) throws MalformedMultipartException {
        String boundary;
        try {
            boundary = HeaderValue.parse(contentType).parameter("boundary");
        } catch (HeaderSyntaxException e) {
            throw new MalformedMultipartException(e.getMessage());
        }
        if (boundary == null || boundary.isEmpty()) {
            throw new MalformedMultipartException("expected a boundary in the Content-Type, found none");
        }
        if (boundary.length() > MAX_BOUNDARY) {
            throw new MalformedMultipartException(
                    "expected a boundary of at most " + MAX_BOUNDARY + " characters, found " + boundary.length());
        }
        // Wider than the RFC, which real clients stretch; a trailing space could not be distinguished from padding.
        if (boundary.endsWith(" ") || !boundary.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new MalformedMultipartException("expected a boundary of printable ASCII characters");
        }
        return boundary;
    }
}
