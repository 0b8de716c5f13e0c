package io.graphqlfiles.internal.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.junit.jupiter.api.Test;

/** Random documents with contents that try to look like delimiters, read in random pieces, beside mime4j. */
class MultipartParserFuzzTest {

    private static final int DOCUMENTS = 4_000;
    /** A new one each time; a failure names it, and putting the number here repeats it. */
    private static final long SEED = new Random().nextLong();

    private record Sample(String boundary, List<String> contents, String text) {

        byte[] document() {
            return text.getBytes(ISO_8859_1);
        }

        /**
         * Not so are, for mime4j 0.8.14, hyphens and boundary in the middle of a line, which it takes for a delimiter
         * at the start of a buffer, and a boundary that looks like an encoded word, which it decodes.
         */
        boolean isFairToMime4j() {
            return !boundary.contains("=?")
                    && contents.stream().noneMatch(content -> content.contains("--" + boundary));
        }
    }

    @Test
    void read_randomDocuments() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < DOCUMENTS; i++) {
            Sample sample = sample(random);
            String label = "seed " + SEED + ", document " + i;

            assertThat(read(sample.document(), sample.boundary(), random))
                    .as(label)
                    .isEqualTo(sample.contents());
            if (sample.isFairToMime4j()) {
                assertThat(readWithMime4j(sample)).as("mime4j, " + label).isEqualTo(sample.contents());
            }
        }
    }

    @Test
    void read_randomDocumentsCut() {
        Random random = new Random(SEED);
        for (int i = 0; i < DOCUMENTS; i++) {
            Sample sample = sample(random);
            int cut = random.nextInt(sample.text().length());
            assertThatThrownBy(() -> read(Arrays.copyOf(sample.document(), cut), sample.boundary(), random))
                    .as("seed %d, document %d cut after %d bytes", SEED, i, cut)
                    .isInstanceOf(TruncatedMultipartException.class);
        }
    }

    /** Whatever bytes come: an end or an exception of ours, in bounded time. */
    @Test
    void read_garbage() {
        Random random = new Random(SEED);
        for (int i = 0; i < DOCUMENTS; i++) {
            Sample sample = sample(random);
            byte[] document = sample.document();
            for (int changes = random.nextInt(4) + 1; changes > 0; changes--) {
                document[random.nextInt(document.length)] = (byte) random.nextInt(256);
            }
            try {
                read(document, sample.boundary(), random);
            } catch (IOException e) {
                assertThat(e)
                        .as("seed %d, document %d", SEED, i)
                        .isInstanceOfAny(TruncatedMultipartException.class, MalformedMultipartException.class);
            }
        }
    }

    private static Sample sample(Random random) {
        String boundary = boundary(random);
        List<String> contents = new ArrayList<>();
        StringBuilder document = new StringBuilder(random.nextBoolean() ? "" : "preamble\r\n").append("--" + boundary);
        for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
            String content = content(random, boundary);
            contents.add(content);
            document.append(" \t".substring(0, random.nextInt(3)))
                    .append("\r\n")
                    .append(Documents.part("" + parts, content))
                    .append("\r\n--" + boundary);
        }
        return new Sample(boundary, contents, document.append("--").toString());
    }

    private static String boundary(Random random) {
        String characters = random.nextBoolean() ? "-" : "-ab'()+_,./:=?";
        StringBuilder boundary = new StringBuilder();
        for (int length = 1 + random.nextInt(69); length > 0; length--) {
            boundary.append(characters.charAt(random.nextInt(characters.length())));
        }
        // After a boundary that ends in hyphens, shorter ones could be read as closed: both readings are right.
        return boundary.append('z').toString();
    }

    private static String content(Random random, String boundary) {
        StringBuilder content = new StringBuilder();
        String[] pieces = {"\r", "\n", "-", "--", "\r\n", "\r\n--", "--" + boundary, boundary, "x", "\u00e9", "\0"};
        for (int length = random.nextInt(12); length > 0; length--) {
            String piece = pieces[random.nextInt(pieces.length)];
            content.append(
                    random.nextInt(4) > 0
                            ? piece.substring(0, random.nextInt(piece.length() + 1))
                            : piece.repeat(random.nextInt(300)));
        }
        // A line that begins with the whole boundary is a delimiter to mime4j even after a bare line feed.
        String safe = content.toString().replace("\n--" + boundary, "\n--");
        return safe.contains("\n--" + boundary) || safe.startsWith("--" + boundary) ? "" : safe;
    }

    private static List<String> read(byte[] document, String boundary, Random random) throws IOException {
        MultipartParser parser =
                new MultipartParser(Documents.inPieces(document, random, 1 + random.nextInt(9000)), boundary);
        List<String> contents = new ArrayList<>();
        while (parser.nextPart() != null) {
            contents.add(Documents.readPart(parser, 1 + random.nextInt(9000)));
        }
        return contents;
    }

    private static List<String> readWithMime4j(Sample sample) throws Exception {
        MimeConfig config = new MimeConfig.Builder()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(-1)
                .setMaxContentLen(-1)
                .build();
        MimeTokenStream stream = new MimeTokenStream(config);
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        stream.parseHeadless(
                new ByteArrayInputStream(sample.document()),
                "multipart/form-data; boundary=\"" + sample.boundary() + "\"");
        List<String> contents = new ArrayList<>();
        for (EntityState state = stream.getState(); state != EntityState.T_END_OF_STREAM; state = stream.next()) {
            if (state == EntityState.T_BODY) {
                contents.add(new String(stream.getInputStream().readAllBytes(), ISO_8859_1));
            }
        }
        return contents;
    }
}
