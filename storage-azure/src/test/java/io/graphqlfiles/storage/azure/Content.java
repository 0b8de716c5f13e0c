package io.graphqlfiles.storage.azure;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Random;

/** Bytes for tests: the same for the same seed. */
final class Content {

    private Content() {}

    static byte[] bytes(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static InputStream stream(int seed, int size) {
        return new ByteArrayInputStream(bytes(seed, size));
    }
}
