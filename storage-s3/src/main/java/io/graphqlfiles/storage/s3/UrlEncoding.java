package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/** {@code UriEncode} of Signature Version 4: everything but the unreserved characters of RFC 3986 in percent signs. */
final class UrlEncoding {

    private static final String HEX = "0123456789ABCDEF";

    private UrlEncoding() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 32);
        for (byte b : text.getBytes(UTF_8)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
