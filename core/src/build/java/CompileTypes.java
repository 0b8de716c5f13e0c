import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Compiles Tika's definitions of types (found on the class path) and ours into what the library reads at run time. Run
 * by the build: {@code java -cp tika-core.jar CompileTypes.java mime-types.xml types.bin}. Reads what Tika's own reader
 * does, in the same order and with the same rules for conflicts. The format is that of TypeDatabase.
 */
final class CompileTypes {

    /** How many of a regular expression's first bytes are worked out; RegexMark relies on it. */
    private static final int LEADING = 4;

    private static final int MAX_PREFIXES = 64;

    private final Map<String, String> aliases = new TreeMap<>();
    private final Map<String, String> parents = new TreeMap<>();
    private final Map<String, String> extensions = new TreeMap<>();
    private final Map<String, String> typesByExtension = new TreeMap<>();
    private final Map<String, String> typesByRoot = new TreeMap<>();
    private final List<Signature> signatures = new ArrayList<>();
    private final Map<Mark, Integer> marks = new LinkedHashMap<>();

    public static void main(String[] arguments) throws Exception {
        CompileTypes types = new CompileTypes();
        try (InputStream tika = ClassLoader.getSystemResourceAsStream("org/apache/tika/mime/tika-mimetypes.xml")) {
            types.read(tika);
        }
        try (InputStream additions = Files.newInputStream(Path.of(arguments[0]))) {
            types.read(additions);
        }
        Path target = Path.of(arguments[1]);
        Files.createDirectories(target.getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(target))) {
            types.write(out);
        }
    }

    // Reading

    private void read(InputStream definitions) throws Exception {
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(definitions)
                .getDocumentElement();
        for (Element type : children(root, "mime-type")) {
            String name = canonical(type.getAttribute("type"));
            name = aliases.getOrDefault(name, name);
            for (Element fact : descendants(type)) {
                switch (fact.getTagName()) {
                    case "alias" -> aliases.put(canonical(fact.getAttribute("type")), name);
                    case "sub-class-of" -> parents.put(name, canonical(fact.getAttribute("type")));
                    case "glob" -> readGlob(name, fact.getAttribute("pattern"));
                    case "root-XML" -> readRoot(name, fact);
                    case "magic" -> readMagic(name, fact);
                    default -> {} // for people
                }
            }
        }
    }

    /** Only patterns that ask for an extension: the library asks with nothing else. */
    private void readGlob(String type, String pattern) {
        String extension = pattern.substring(1);
        if (!pattern.startsWith("*") || Stream.of("*", "?", "[").anyMatch(extension::contains)) {
            return;
        }
        extensions.putIfAbsent(type, extension);
        String previous = typesByExtension.get(extension);
        if (previous == null || isSpecialForm(previous, type)) {
            typesByExtension.put(extension, type);
        } else if (!previous.equals(type) && !isSpecialForm(type, previous)) {
            throw new IllegalStateException(extension + " is of both " + previous + " and " + type);
        }
    }

    /** Of several types with the same root element the first by name counts. */
    private void readRoot(String type, Element root) {
        String key = root.getAttribute("namespaceURI") + " " + root.getAttribute("localName");
        typesByRoot.merge(key, base(type), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    private void readMagic(String type, Element magic) {
        String priority = magic.getAttribute("priority");
        for (Element match : children(magic, "match")) {
            // Tika takes no bytes for evidence of the type that stands for unknown bytes.
            if (!type.equals("application/octet-stream")) {
                signatures.add(
                        new Signature(type, priority.isEmpty() ? 50 : Integer.parseInt(priority), clause(match)));
            }
        }
    }

    private Clause clause(Element match) {
        List<Clause> inner = children(match, "match").stream().map(this::clause).toList();
        String least = match.getAttribute("minShouldMatch");
        if (!least.isEmpty()) {
            return new AtLeast(Integer.parseInt(least), inner);
        }
        Mark mark = mark(match);
        marks.putIfAbsent(mark, marks.size());
        return switch (inner.size()) {
            case 0 -> mark;
            case 1 -> new AllOf(List.of(mark, inner.get(0)));
            default -> new AllOf(List.of(mark, new AtLeast(1, inner)));
        };
    }

    private static Mark mark(Element match) {
        String kind = match.hasAttribute("type") ? match.getAttribute("type") : "string";
        String value = match.getAttribute("value");
        boolean ignoringCase = kind.equals("stringignorecase");
        ByteBuffer bytes = ByteBuffer.wrap(bytes(kind, ignoringCase ? value.toLowerCase(Locale.ROOT) : value));
        ByteBuffer mask = match.hasAttribute("mask") ? ByteBuffer.wrap(bytes(kind, match.getAttribute("mask"))) : null;
        String offset = match.hasAttribute("offset") ? match.getAttribute("offset") : "0";
        String[] range = offset.split(":");
        return new Mark(
                Integer.parseInt(range[0]),
                Integer.parseInt(range[range.length - 1]),
                bytes,
                mask,
                ignoringCase,
                kind.equals("regex"));
    }

    private static byte[] bytes(String kind, String value) {
        boolean hexadecimal = value.startsWith("0x");
        int radix = hexadecimal ? 16 : 8;
        String digits = hexadecimal ? value.substring(2) : value;
        return switch (kind) {
            case "string", "stringignorecase", "regex" -> characters(value).getBytes(StandardCharsets.ISO_8859_1);
            case "unicodeLE" -> characters(value).getBytes(StandardCharsets.UTF_16LE);
            case "unicodeBE" -> characters(value).getBytes(StandardCharsets.UTF_16BE);
            case "byte" -> digits.getBytes(StandardCharsets.UTF_8);
            case "big16" -> number(ByteOrder.BIG_ENDIAN, 2, Long.parseLong(digits, radix));
            case "big32" -> number(ByteOrder.BIG_ENDIAN, 4, Long.parseLong(digits, radix));
            case "host16", "little16" -> number(ByteOrder.LITTLE_ENDIAN, 2, Long.parseLong(digits, radix));
            case "host32", "little32" -> number(ByteOrder.LITTLE_ENDIAN, 4, Long.parseLong(digits, radix));
            default -> throw new IllegalStateException("match of type " + kind + ": " + value);
        };
    }

    private static byte[] number(ByteOrder order, int length, long value) {
        byte[] all = ByteBuffer.allocate(8).order(order).putLong(value).array();
        return order == ByteOrder.BIG_ENDIAN ? Arrays.copyOfRange(all, 8 - length, 8) : Arrays.copyOf(all, length);
    }

    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:x(\\p{XDigit}{2})|([0-7]{1,3})|([rn\\\\])|(.))", Pattern.DOTALL);

    /** One character for each byte. */
    private static String characters(String value) {
        if (value.startsWith("0x")) {
            String digits = value.substring(2, value.length() & ~1); // a single one at the end is ignored
            return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
        }
        return ESCAPE.matcher(value)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group(1) != null
                                ? Character.toString(Integer.parseInt(escape.group(1), 16))
                                : escape.group(2) != null
                                        ? Character.toString(Integer.parseInt(escape.group(2), 8) & 0xff)
                                        : escape.group(3) == null
                                                ? "\0" + escape.group(4)
                                                : switch (escape.group(3)) {
                                                    case "r" -> "\r";
                                                    case "n" -> "\n";
                                                    default -> "\\";
                                                }));
    }

    // Relations of types

    /** Parameters in order and after one blank, as Tika compares and shows them. */
    private static String canonical(String type) {
        String[] parts = type.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
        Arrays.sort(parts, 1, parts.length);
        return String.join("; ", parts);
    }

    private static String base(String type) {
        return type.replaceFirst(";.*", "");
    }

    private boolean isSpecialForm(String type, String general) {
        for (String step = parent(type); step != null; step = parent(step)) {
            if (step.equals(general)) {
                return true;
            }
        }
        return false;
    }

    private String parent(String type) {
        if (parents.containsKey(type)) {
            return parents.get(type);
        }
        if (type.contains(";")) {
            return base(type);
        }
        if (type.endsWith("+xml")) {
            return "application/xml";
        }
        if (type.endsWith("+zip")) {
            return "application/zip";
        }
        if (type.startsWith("text/") && !type.equals("text/plain")) {
            return "text/plain";
        }
        return type.equals("application/octet-stream") ? null : "application/octet-stream";
    }

    // Writing

    private void write(DataOutputStream out) throws IOException {
        write(out, aliases);
        write(out, withoutParameters(parents));
        write(out, withoutParameters(extensions));
        Map<String, String> byExtension = new TreeMap<>(typesByExtension);
        byExtension.replaceAll((extension, type) -> base(type));
        write(out, byExtension);
        write(out, typesByRoot);
        out.writeShort(marks.size());
        for (Mark mark : marks.keySet()) {
            mark.write(out);
        }
        signatures.sort(Comparator.comparingInt(Signature::priority)
                .thenComparing(signature -> signature.clause.size())
                .thenComparing(Signature::type)
                .reversed());
        out.writeShort(signatures.size());
        for (Signature signature : signatures) {
            out.writeUTF(base(signature.type));
            // A type with parameters has the marks, the one without them has none.
            out.writeBoolean(!signature.type.contains(";"));
            signature.clause.write(out, marks);
        }
    }

    private static Map<String, String> withoutParameters(Map<String, String> map) {
        Map<String, String> result = new TreeMap<>(map);
        result.keySet().removeIf(type -> type.contains(";"));
        return result;
    }

    private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeShort(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    private static List<Element> children(Element parent, String name) {
        return descendants(parent).stream()
                .filter(child ->
                        child.getParentNode() == parent && child.getTagName().equals(name))
                .toList();
    }

    /** In the order of the document. */
    private static List<Element> descendants(Element parent) {
        NodeList all = parent.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> (Element) all.item(i))
                .toList();
    }

    private record Signature(String type, int priority, Clause clause) {}

    private interface Clause {
        /** How much evidence it is: of two signatures of one priority the larger is asked first. */
        int size();

        void write(DataOutputStream out, Map<Mark, Integer> marks) throws IOException;
    }

    private record AllOf(List<Clause> clauses) implements Clause {
        @Override
        public int size() {
            return clauses.stream().mapToInt(Clause::size).sum();
        }

        @Override
        public void write(DataOutputStream out, Map<Mark, Integer> marks) throws IOException {
            new AtLeast(clauses.size(), clauses).write(out, marks);
        }
    }

    private record AtLeast(int least, List<Clause> clauses) implements Clause {
        @Override
        public int size() {
            return clauses.stream().mapToInt(Clause::size).max().orElseThrow();
        }

        @Override
        public void write(DataOutputStream out, Map<Mark, Integer> marks) throws IOException {
            out.writeByte(clauses.size());
            out.writeByte(least);
            for (Clause clause : clauses) {
                clause.write(out, marks);
            }
        }
    }

    /** Bytes, or a regular expression, somewhere from one offset to another. */
    private record Mark(int from, int to, ByteBuffer pattern, ByteBuffer mask, boolean ignoringCase, boolean regex)
            implements Clause {
        @Override
        public int size() {
            return mask == null ? pattern.limit() : Math.max(pattern.limit(), mask.limit());
        }

        @Override
        public void write(DataOutputStream out, Map<Mark, Integer> marks) throws IOException {
            out.writeByte(0);
            out.writeShort(marks.get(this));
        }

        void write(DataOutputStream out) throws IOException {
            out.writeShort(from);
            out.writeShort(to);
            out.writeBoolean(regex);
            if (regex) {
                String text = new String(pattern.array(), StandardCharsets.UTF_8);
                out.writeUTF(text);
                List<BitSet> leading = leading(Pattern.compile(text));
                out.writeByte(leading.size());
                for (BitSet bytes : leading) {
                    out.write(Arrays.copyOf(bytes.toByteArray(), 32));
                }
            } else {
                out.writeBoolean(ignoringCase);
                out.writeShort(size());
                out.write(Arrays.copyOf(pattern.array(), size()));
                byte[] bits = new byte[size()];
                Arrays.fill(bits, (byte) 0xff);
                if (mask != null) {
                    mask.duplicate().get(bits, 0, mask.limit());
                }
                out.write(bits);
            }
        }

        /** The bytes with which a match can begin, place by place, as far as that says something. */
        private static List<BitSet> leading(Pattern pattern) {
            List<BitSet> leading = new ArrayList<>();
            List<String> prefixes = List.of("");
            while (leading.size() < LEADING && prefixes.size() <= MAX_PREFIXES) {
                List<String> longer = new ArrayList<>();
                BitSet bytes = new BitSet();
                boolean whole = false;
                for (String prefix : prefixes) {
                    for (char next = 0; next < 256; next++) {
                        Matcher matcher = pattern.matcher(prefix + next);
                        if (matcher.lookingAt() || matcher.hitEnd()) {
                            whole |= matcher.reset().lookingAt();
                            longer.add(prefix + next);
                            bytes.set(next);
                        }
                    }
                }
                leading.add(bytes);
                if (whole) {
                    break; // anything may follow
                }
                prefixes = longer;
            }
            return leading;
        }
    }
}
