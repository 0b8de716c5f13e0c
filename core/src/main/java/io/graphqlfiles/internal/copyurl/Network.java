package io.graphqlfiles.internal.copyurl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of addresses in CIDR notation (RFC 4632, RFC 4291): those that begin with the same bits. */
final class Network {

    /** Only what is an address already: anything else would be looked up in DNS. */
    private static final Pattern LITERAL =
            Pattern.compile("(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads for example {@code 10.0.0.0/8}, {@code fd00::/8} or, for one address, {@code 127.0.0.1}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static Network parse(String text) {
        var matcher = LITERAL.matcher(text.strip());
        if (matcher.matches()) {
            try {
                byte[] address = InetAddress.getByName(matcher.group(1)).getAddress();
                int bits = matcher.group(2) == null ? address.length * 8 : Integer.parseInt(matcher.group(2));
                if (bits <= address.length * 8) {
                    return new Network(address, bits);
                }
            } catch (UnknownHostException e) {
                // Falls through to the same complaint.
            }
        }
        throw new IllegalArgumentException(
                "network: expected an address or a block such as \"10.1.0.0/16\" or \"fd00::/8\", found \""
                        + (text.length() <= 80 ? text : text.substring(0, 80) + "...") + "\"");
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((address[i / 8] & mask) != (other[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
