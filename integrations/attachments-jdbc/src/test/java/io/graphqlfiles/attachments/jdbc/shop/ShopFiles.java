package io.graphqlfiles.attachments.jdbc.shop;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Random;

/** Files whose name says what is in them, so that whoever finds one can tell whether it is whole. */
final class ShopFiles {

    private ShopFiles() {}

    /** Whether a reviewer rejects the file of this name. */
    static boolean isHarmful(String fileName) {
        return fileName.hashCode() % 4 == 0;
    }

    static byte[] content(String name) {
        Random random = new Random(name.hashCode());
        StringBuilder text = new StringBuilder(name).append('\n');
        int lines = random.nextInt(400);
        for (int i = 0; i < lines; i++) {
            text.append(Long.toHexString(random.nextLong())).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static Map<String, Object> input(String name) {
        return Map.of("base64", Base64.getEncoder().encodeToString(content(name)), "fileName", name);
    }
}
