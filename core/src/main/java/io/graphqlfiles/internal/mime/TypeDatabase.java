package io.graphqlfiles.internal.mime;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tika's definitions of types with our additions, as CompileTypes put them together when the library was built.
 * Immutable.
 */
final class TypeDatabase {

    private static final String OCTET_STREAM = "application/octet-stream";
    private static final String PLAIN_TEXT = "text/plain";
    private static final String XML = "application/xml";
    private static final String HTML = "text/html";

    private final Map<String, String> aliases;
    private final Map<String, String> parents;
    private final Map<String, String> extensions;
    private final Map<String, String> typesByExtension;
    private final Map<String, String> typesByRoot;
    private final Set<String> marked = new HashSet<>();
    private final Signatures signatures;

    private TypeDatabase(DataInputStream in) throws IOException {
        this.aliases = map(in);
        this.parents = map(in);
        this.extensions = map(in);
        this.typesByExtension = map(in);
        this.typesByRoot = map(in);
        List<Mark> ranged = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            Mark mark = mark(in, ranged.size());
            marks.add(mark);
            if (mark.isRanged()) {
                ranged.add(mark);
            }
        }
        List<Signatures.Signature> all = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            String type = in.readUTF();
            if (in.readBoolean()) {
                marked.add(type);
            }
            all.add(new Signatures.Signature(type, clause(in, marks)));
        }
        this.signatures = new Signatures(all, ranged);
    }

    static TypeDatabase load() {
        try (InputStream in = requireNonNull(
                TypeDatabase.class.getResourceAsStream("types.bin"), "types.bin, which the build makes")) {
            return new TypeDatabase(new DataInputStream(new BufferedInputStream(in)));
        } catch (IOException e) {
            throw new UncheckedIOException("the type database does not load", e);
        }
    }

    private static Map<String, String> map(DataInputStream in) throws IOException {
        int size = in.readUnsignedShort();
        Map<String, String> map = new HashMap<>(2 * size);
        for (int left = size; left > 0; left--) {
            map.put(in.readUTF(), in.readUTF());
        }
        return map;
    }

    private static Mark mark(DataInputStream in, int number) throws IOException {
        int from = in.readUnsignedShort();
        int to = in.readUnsignedShort();
        if (in.readBoolean()) {
            String expression = in.readUTF();
            List<byte[]> leading = new ArrayList<>();
            for (int left = in.readUnsignedByte(); left > 0; left--) {
                leading.add(in.readNBytes(32));
            }
            return new RegexMark(from, to, number, expression, leading);
        }
        boolean ignoringCase = in.readBoolean();
        int length = in.readUnsignedShort();
        return new ByteMark(from, to, number, in.readNBytes(length), in.readNBytes(length), ignoringCase);
    }

    private static Clause clause(DataInputStream in, List<Mark> marks) throws IOException {
        int count = in.readUnsignedByte();
        if (count == 0) {
            return marks.get(in.readUnsignedShort());
        }
        int least = in.readUnsignedByte();
        List<Clause> clauses = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            clauses.add(clause(in, marks));
        }
        return new Clause.AtLeast(least, clauses);
    }

    /**
     * What the bytes are by their own evidence, by the same rules as Tika's.
     *
     * @return {@code application/octet-stream} if nothing in them is evidence of anything, which text has in common
     *     with noise; Tika distinguishes these, here {@link TextContent} does
     */
    String detect(byte[] bytes, int length) {
        if (length == 0) {
            return OCTET_STREAM;
        }
        Content content = signatures.look(bytes, length);
        String type = signatures.first(content);
        if (type == null) {
            return OCTET_STREAM;
        }
        if (!type.equals(XML) && !type.equals(HTML)) {
            return type;
        }
        XmlRoot.Name root = XmlRoot.of(bytes, length);
        if (root != null) {
            return typesByRoot.getOrDefault(root.namespace() + " " + root.local(), type);
        }
        // What begins like XML and is none may still be HTML.
        return type.equals(HTML) || signatures.has(HTML, content) ? HTML : PLAIN_TEXT;
    }

    /** The type of files whose name ends so, in upper or lower case as it is or else in lower case; null if unknown. */
    @Nullable
    String ofEnding(String ending) {
        for (int start = 0; start < ending.length(); start++) {
            String type = typesByExtension.get(ending.substring(start));
            if (type != null) {
                return type;
            }
        }
        return null;
    }

    /** With its dot; empty if none is known. */
    String extension(String type) {
        return extensions.getOrDefault(canonical(type), "");
    }

    /** The type's own name if the given one is an alias. */
    String canonical(String type) {
        return aliases.getOrDefault(type, type);
    }

    /** Returns whether there is anything about the type. */
    boolean isKnown(String type) {
        return parents.containsKey(type) || extensions.containsKey(type) || marked.contains(type);
    }

    /** Returns whether some bytes are evidence of the type itself. */
    boolean hasMarks(String type) {
        return marked.contains(canonical(type));
    }

    /** The next more general type; null if there is none. */
    @Nullable
    String parent(String type) {
        String parent = parents.get(type);
        if (parent != null) {
            return parent;
        }
        if (type.endsWith("+xml")) {
            return XML;
        }
        if (type.endsWith("+zip")) {
            return "application/zip";
        }
        if (type.startsWith("text/") && !type.equals(PLAIN_TEXT)) {
            return PLAIN_TEXT;
        }
        return type.equals(OCTET_STREAM) ? null : OCTET_STREAM;
    }
}
