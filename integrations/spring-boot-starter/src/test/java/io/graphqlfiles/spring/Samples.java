package io.graphqlfiles.spring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;

/** Files to send. */
final class Samples {

    private Samples() {}

    /** A PNG of one pixel, made longer by bytes after its end where more are asked for. */
    static byte[] png(int length) {
        byte[] pixel = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            out.write(pixel);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        while (out.size() < length) {
            out.write(out.size());
        }
        return out.toByteArray();
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
