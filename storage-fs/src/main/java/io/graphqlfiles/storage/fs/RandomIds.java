package io.graphqlfiles.storage.fs;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that are given once, and that nobody can guess. */
final class RandomIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    /** 128 random bits as 32 hexadecimal digits. */
    static String next() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
