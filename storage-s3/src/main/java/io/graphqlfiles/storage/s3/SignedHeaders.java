package io.graphqlfiles.storage.s3;

import java.util.List;

/**
 * The headers that a signature covers in addition to {@code Host}.
 *
 * @param names all of them, sorted, joined by {@code ;}
 * @param encodedNames the same, as in a query
 * @param beforeHost those whose names come before it, canonical: name, colon, value, line feed
 * @param afterHost the others
 */
record SignedHeaders(String names, String encodedNames, String beforeHost, String afterHost) {

    /** What clients must be allowed to send with uploads; the length they send of themselves. */
    static final List<String> OF_UPLOADS = List.of("content-type", "if-none-match");

    static final SignedHeaders HOST = of("host", "", "");

    /** For a body of some length. */
    static SignedHeaders ofPart(long byteSize) {
        return of("content-length;host", "content-length:" + byteSize + "\n", "");
    }

    /** For a body of some length and type that is not stored if the key is taken. */
    static SignedHeaders ofNewObject(long byteSize, String contentType) {
        return of(
                "content-length;content-type;host;if-none-match",
                "content-length:" + byteSize + "\ncontent-type:" + singleSpaced(contentType) + "\n",
                "if-none-match:*\n");
    }

    String canonical(String host) {
        return beforeHost + "host:" + host + "\n" + afterHost;
    }

    private static SignedHeaders of(String names, String beforeHost, String afterHost) {
        return new SignedHeaders(names, names.replace(";", "%3B"), beforeHost, afterHost);
    }

    private static String singleSpaced(String value) {
        return value.strip().replaceAll(" +", " ");
    }
}
