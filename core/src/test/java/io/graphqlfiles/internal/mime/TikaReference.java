package io.graphqlfiles.internal.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.detect.MagicDetector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.mime.MimeTypesFactory;
import org.jspecify.annotations.Nullable;

/**
 * The real Tika with our additions, and files made of its own signatures as it has read them itself: nothing that our
 * compiler of definitions could get wrong is in between.
 */
final class TikaReference {

    private static final int LARGEST_SAMPLE = 16_384;

    private final MimeTypes types;

    TikaReference() throws IOException, MimeTypeException {
        URL tika = MimeTypes.class.getResource("tika-mimetypes.xml");
        URL additions = Path.of("src/build/mime-types.xml").toUri().toURL();
        types = MimeTypesFactory.create(tika, additions);
    }

    MimeTypes types() {
        return types;
    }

    String detect(byte[] bytes) {
        try {
            return types.detect(new ByteArrayInputStream(bytes), new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For each signature files that have it: one for each of its alternatives. */
    List<byte[]> samples(Random random) throws ReflectiveOperationException {
        List<byte[]> samples = new ArrayList<>();
        for (Object magic : (Collection<?>) field(types, "magics")) {
            for (Sample sample : samples(field(magic, "clause"), random)) {
                samples.add(sample.bytes());
            }
        }
        return samples;
    }

    /** For each root element that Tika knows a document with it, behind what may stand before it. */
    List<byte[]> documents(Random random) throws ReflectiveOperationException {
        List<byte[]> documents = new ArrayList<>();
        for (Object type : (Collection<?>) field(types, "xmls")) {
            for (Object root : (Collection<?>) field(type, "rootXML")) {
                documents.add(
                        document((String) field(root, "namespaceURI"), (String) field(root, "localName"), random));
            }
        }
        return documents;
    }

    private static byte[] document(@Nullable String namespace, @Nullable String local, Random random) {
        boolean wide = random.nextInt(4) == 0;
        String mark = wide || random.nextInt(4) == 0 ? "\ufeff" : "";
        String encoding = wide
                ? "UTF-16"
                : List.of("UTF-8", "utf-8", "ISO-8859-1", "windows-1252").get(random.nextInt(4));
        String declaration = List.of(
                        "<?xml version=\"1.0\"?>",
                        "<?xml version='1.0' encoding='" + encoding + "'?>\n",
                        "<?xml version=\"1.0\" encoding=\"" + encoding + "\" standalone=\"no\" ?>",
                        "<!-- a comment -->")
                .get(random.nextInt(4));
        String before = List.of(
                        "", " \n", "<!-- <a> - -->", "<?style a=\"b\"?>", "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'a.dtd'>")
                .get(random.nextInt(6));
        String name = local == null || local.isEmpty() ? "any" : local;
        String space = namespace == null ? "" : namespace;
        String tag = random.nextBoolean()
                ? name + " a='1' xmlns=\"" + space + "\""
                : space.isEmpty() ? name : "p:" + name + "\n xmlns:p = '" + space + "' p:b=\"2&amp;3\"";
        String text = mark + declaration + before + (before.startsWith("<!D") ? "" : before) + "<" + tag
                + (random.nextBoolean() ? ">" : " />") + "text</a>";
        return text.getBytes(
                wide
                        ? List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
                                .get(random.nextInt(2))
                        : StandardCharsets.UTF_8);
    }

    private static List<Sample> samples(Object clause, Random random) throws ReflectiveOperationException {
        String kind = clause.getClass().getSimpleName();
        switch (kind) {
            case "AndClause" -> {
                List<Sample> all = List.of(new Sample(random));
                for (Object part : (Object[]) field(clause, "clauses")) {
                    List<Sample> parts = samples(part, random);
                    List<Sample> combined = new ArrayList<>();
                    for (Sample one : all) {
                        parts.forEach(other -> combined.add(one.with(other)));
                    }
                    all = combined;
                }
                return all;
            }
            case "OrClause" -> {
                List<Sample> all = new ArrayList<>();
                for (Object alternative : (List<?>) field(clause, "clauses")) {
                    all.addAll(samples(alternative, random));
                }
                return all;
            }
            case "MinShouldMatchClause" -> {
                // As many as are needed, and one less.
                int least = (int) field(clause, "min");
                Sample less = new Sample(random);
                Sample enough = new Sample(random);
                List<?> clauses = (List<?>) field(clause, "clauses");
                int from = random.nextInt(clauses.size());
                for (int i = 0; i < least; i++) {
                    Sample part = samples(clauses.get((from + i) % clauses.size()), random)
                            .get(0);
                    less = i == least - 1 ? less : less.with(part);
                    enough = enough.with(part);
                }
                return List.of(enough, less);
            }
            default -> {
                Method detector = clause.getClass().getDeclaredMethod("getDetector");
                detector.setAccessible(true);
                return List.of(new Sample(random).withMark((MagicDetector) detector.invoke(clause)));
            }
        }
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    /** Bytes of which some are given; the last mark wins where two overlap. */
    private static final class Sample {

        private final byte[] content;
        private final boolean[] given;
        private final Random random;

        Sample(Random random) {
            this(new byte[0], new boolean[0], random);
        }

        private Sample(byte[] content, boolean[] given, Random random) {
            this.content = content;
            this.given = given;
            this.random = random;
        }

        Sample with(Sample other) {
            int length = Math.max(content.length, other.content.length);
            byte[] both = Arrays.copyOf(content, length);
            boolean[] either = Arrays.copyOf(given, length);
            for (int i = 0; i < other.content.length; i++) {
                if (other.given[i]) {
                    both[i] = other.content[i];
                    either[i] = true;
                }
            }
            return new Sample(both, either, random);
        }

        Sample withMark(MagicDetector mark) throws ReflectiveOperationException {
            byte[] pattern = (byte[]) field(mark, "pattern");
            byte[] mask = (byte[]) field(mark, "mask");
            int from = (int) field(mark, "offsetRangeBegin");
            int to = (int) field(mark, "offsetRangeEnd");
            int at = from + random.nextInt(to - from + 1);
            byte[] bytes = pattern.clone();
            if ((boolean) field(mark, "isRegex")) {
                bytes = matching(Pattern.compile(new String(pattern, StandardCharsets.UTF_8)), random);
            } else {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] |= (byte) (random.nextInt() & ~mask[i]);
                }
            }
            if (at + bytes.length > LARGEST_SAMPLE) {
                at = from;
            }
            byte[] all = new byte[at + bytes.length];
            boolean[] set = new boolean[all.length];
            System.arraycopy(bytes, 0, all, at, bytes.length);
            Arrays.fill(set, at, all.length, true);
            return with(new Sample(all, set, random));
        }

        /** With blanks, zeros or anything between and behind the marks. */
        byte[] bytes() {
            int kind = random.nextInt(4);
            byte[] bytes = Arrays.copyOf(content, content.length + (kind == 0 ? 0 : random.nextInt(300)));
            for (int i = 0; i < bytes.length; i++) {
                if (i >= given.length || !given[i]) {
                    bytes[i] = (byte)
                            switch (kind) {
                                case 1 -> 0;
                                case 2 -> random.nextInt();
                                default -> ' ' + random.nextInt(95);
                            };
                }
            }
            return bytes;
        }

        /** Grown byte by byte, as long as the expression could still go on; begun anew where it could not. */
        private static byte[] matching(Pattern pattern, Random random) {
            StringBuilder text = new StringBuilder();
            for (int attempts = 0; attempts < 100_000; attempts++) {
                if (text.length() > LARGEST_SAMPLE / 4) {
                    text.setLength(0);
                }
                int start = random.nextInt(256);
                int length = text.length();
                for (int i = 0; i < 256 && text.length() == length; i++) {
                    text.append((char) ((start + i) & 0xff));
                    Matcher matcher = pattern.matcher(text);
                    if (matcher.lookingAt()) {
                        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
                    }
                    if (!matcher.hitEnd()) {
                        text.setLength(length);
                    }
                }
                if (text.length() == length) {
                    text.setLength(0);
                }
            }
            throw new IllegalStateException("found nothing that matches " + pattern);
        }
    }
}
