package io.graphqlfiles.internal.multipart;

import io.graphqlfiles.server.MultipartRequestException;

/** The refusals of multipart requests, and a client's text in them. */
final class MultipartRefusals {

    private static final int MAX_QUOTED = 60;

    private MultipartRefusals() {}

    static MultipartRequestException badRequest(String message) {
        return new MultipartRequestException(400, message);
    }

    static MultipartRequestException tooLarge(String message) {
        return new MultipartRequestException(413, message);
    }

    static MultipartRequestException tooSlow(String message) {
        return new MultipartRequestException(408, message);
    }

    static MultipartRequestException unsupported(String message) {
        return new MultipartRequestException(415, message);
    }

    /** A client's text in a message for that client: shortened, and free of control characters. */
    static String quote(String text) {
        String shortened = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "...";
        return "\"" + shortened.replaceAll("[\\p{Cntrl}\"\\\\]", "?") + "\"";
    }
}
