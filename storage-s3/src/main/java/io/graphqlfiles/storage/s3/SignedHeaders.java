package io.graphqlfiles.storage.s3;

import java.util.List;
import java.util.SortedMap;

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

    /**
     * For a body of some length and type that is not stored if the key is taken.
     *
     * @param others names that begin with {@code x-amz-}, so that they come last, with their values
     */
    static SignedHeaders ofNewObject(long byteSize, String contentType, SortedMap<String, String> others) {
        StringBuilder names = new StringBuilder("content-length;content-type;host;if-none-match");
        StringBuilder afterHost = new StringBuilder("if-none-match:*\n");
        others.forEach((name, value) -> {
            names.append(';').append(name);
            afterHost.append(name).append(':').append(singleSpaced(value)).append('\n');
        });
        return of(
                names.toString(),
                "content-length:" + byteSize + "\ncontent-type:" + singleSpaced(contentType) + "\n",
                afterHost.toString());
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
