package io.graphqlfiles.internal.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Multipart documents for tests, as text in which each character is one byte. */
final class Documents {

    record Part(PartHeader header, String content) {}

    private Documents() {}

    static String part(String name, String content) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content;
    }

    /** The parts, each a header, a blank line and a body, between delimiters. */
    static String document(String boundary, String... parts) {
        StringBuilder document = new StringBuilder("--").append(boundary);
        for (String part : parts) {
            document.append("\r\n").append(part).append("\r\n--").append(boundary);
        }
        return document.append("--\r\n").toString();
    }

    static MultipartParser parser(String boundary, String document) {
        return new MultipartParser(stream(document), boundary);
    }

    static InputStream stream(String document) {
        return new ByteArrayInputStream(document.getBytes(ISO_8859_1));
    }

    static List<Part> readAll(MultipartParser parser) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (PartHeader header = parser.nextPart(); header != null; header = parser.nextPart()) {
            parts.add(new Part(header, readPart(parser, 8192)));
        }
        return parts;
    }

    static String readPart(MultipartParser parser, int arrayLength) throws IOException {
        StringBuilder content = new StringBuilder();
        byte[] array = new byte[arrayLength];
        for (int n = parser.read(array, 0, array.length); n >= 0; n = parser.read(array, 0, array.length)) {
            content.append(new String(array, 0, n, ISO_8859_1));
        }
        return content.toString();
    }

    /** Gives its bytes in pieces of random length, as a socket does. */
    static InputStream inPieces(byte[] bytes, Random random, int longest) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(longest)));
            }
        };
    }
}
