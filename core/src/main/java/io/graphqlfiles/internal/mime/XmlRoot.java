package io.graphqlfiles.internal.mime;

import io.graphqlfiles.internal.mime.XmlCursor.NotWellFormed;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name of an XML document's root element in its first bytes, if what stands before it and its start tag are
 * well-formed (XML 1.0 with namespaces). Linear in the length; follows no reference, and skips the declarations in a
 * document type unread. For one thread.
 */
final class XmlRoot {

    /** More than any vocabulary needs. */
    private static final int MAX_ATTRIBUTES = 256;

    private static final Name UNKNOWN = new Name("", "");
    private static final Set<String> DECLARATIONS =
            Set.of("version", "version encoding", "version standalone", "version encoding standalone");
    private static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    /** @param namespace empty for none */
    record Name(String namespace, String local) {}

    private final XmlCursor cursor;
    private boolean hasDocumentType;

    private XmlRoot(XmlCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * The root element's name; null if there is none, or something before its end is not well-formed.
     *
     * @return a name that is empty if the tag has more attributes than are looked at
     */
    static @Nullable Name of(byte[] bytes, int length) {
        try {
            XmlRoot document = new XmlRoot(new XmlCursor(bytes, length));
            document.skipProlog();
            return document.startTag();
        } catch (NotWellFormed e) {
            return null;
        }
    }

    /** The same; null also if the document does not begin with an XML declaration. */
    static @Nullable Name ofDeclared(byte[] bytes, int length) {
        return new XmlCursor(bytes, length).skipsWord("<?xml") ? of(bytes, length) : null;
    }

    private void skipProlog() {
        if (cursor.skipsWord("<?xml")) {
            checkDeclaration(cursor.readUpTo("?>"));
        }
        while (true) {
            cursor.skipBlanks();
            if (!hasDocumentType && cursor.skipsWord("<!DOCTYPE")) {
                hasDocumentType = true;
                skipDocumentType();
            } else if (!skipsCommentOrInstruction()) {
                return;
            }
        }
    }

    private boolean skipsCommentOrInstruction() {
        if (cursor.skips("<!--")) {
            cursor.skipBeyond("--");
            cursor.expect('>');
            return true;
        }
        if (cursor.skips("<?")) {
            String target = cursor.name();
            if (target.equalsIgnoreCase("xml") || target.indexOf(':') >= 0) {
                throw new NotWellFormed();
            }
            if (!cursor.skips("?>")) {
                cursor.expectBlanks();
                cursor.skipBeyond("?>");
            }
            return true;
        }
        return false;
    }

    private void skipDocumentType() {
        cursor.expectBlanks();
        cursor.name();
        if (cursor.skipBlanks() && skipsExternalIdentifier()) {
            cursor.skipBlanks();
        }
        if (cursor.skips("[")) {
            skipDeclarations();
            cursor.skipBlanks();
        }
        cursor.expect('>');
    }

    private boolean skipsExternalIdentifier() {
        boolean isPublic = cursor.skipsWord("PUBLIC");
        if (!isPublic && !cursor.skipsWord("SYSTEM")) {
            return false;
        }
        for (int literals = isPublic ? 2 : 1; literals > 0; literals--) {
            cursor.expectBlanks();
            cursor.literal();
        }
        return true;
    }

    private void skipDeclarations() {
        while (!cursor.skips("]")) {
            if (cursor.peek() == '"' || cursor.peek() == '\'') {
                cursor.literal();
            } else if (!skipsCommentOrInstruction()) {
                cursor.next();
            }
        }
    }

    private void checkDeclaration(String declaration) {
        Map<String, String> facts = new LinkedHashMap<>();
        XmlCursor inside = new XmlCursor(declaration.getBytes(StandardCharsets.ISO_8859_1), declaration.length());
        while (!inside.isAtEnd()) {
            inside.expectBlanks();
            if (!inside.isAtEnd()) {
                String name = inside.name();
                inside.expectEquals();
                facts.put(name, inside.literal());
            }
        }
        boolean known = DECLARATIONS.contains(String.join(" ", facts.keySet()))
                && Set.of("1.0", "1.1").contains(facts.getOrDefault("version", ""))
                && Set.of("yes", "no").contains(facts.getOrDefault("standalone", "no"))
                && fits(facts.getOrDefault("encoding", cursor.isWide() ? "utf-16" : "utf-8"));
        if (!known) {
            throw new NotWellFormed();
        }
    }

    /** Returns whether what the cursor reads is the same in the encoding. */
    private boolean fits(String encoding) {
        if (cursor.isWide()) {
            return encoding.equalsIgnoreCase("utf-16");
        }
        if (encoding.equalsIgnoreCase("utf-8")) {
            return true;
        }
        try {
            String sample = "<a:b='1'/>";
            return new String(sample.getBytes(StandardCharsets.US_ASCII), Charset.forName(encoding)).equals(sample);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    private Name startTag() {
        cursor.expect('<');
        String element = cursor.name();
        Map<String, String> attributes = new HashMap<>();
        while (true) {
            boolean separated = cursor.skipBlanks();
            if (cursor.skips(">") || cursor.skips("/>")) {
                return qualified(element, attributes);
            }
            if (!separated) {
                throw new NotWellFormed();
            }
            if (attributes.size() == MAX_ATTRIBUTES) {
                return UNKNOWN;
            }
            String attribute = cursor.name();
            cursor.expectEquals();
            if (attributes.put(attribute, value(cursor.literal())) != null) {
                throw new NotWellFormed();
            }
        }
    }

    private static Name qualified(String element, Map<String, String> attributes) {
        attributes.forEach((attribute, value) -> {
            String prefix = prefix(attribute);
            if (prefix.equals("xmlns") ? value.isEmpty() : !prefix.isEmpty() && !isBound(prefix, attributes)) {
                throw new NotWellFormed();
            }
        });
        String prefix = prefix(element);
        if (prefix.isEmpty()) {
            return new Name(attributes.getOrDefault("xmlns", ""), element);
        }
        if (!isBound(prefix, attributes)) {
            throw new NotWellFormed();
        }
        return new Name(
                attributes.getOrDefault("xmlns:" + prefix, XML_NAMESPACE), element.substring(prefix.length() + 1));
    }

    private static boolean isBound(String prefix, Map<String, String> attributes) {
        return prefix.equals("xml") || attributes.containsKey("xmlns:" + prefix);
    }

    /** Empty if there is none, which parsers take a colon in front for. */
    private static String prefix(String name) {
        int colon = name.indexOf(':');
        if (colon <= 0) {
            return "";
        }
        if (colon == name.length() - 1 || colon != name.lastIndexOf(':')) {
            throw new NotWellFormed();
        }
        return name.substring(0, colon);
    }

    /** An attribute's value, its references to characters resolved. */
    private String value(String literal) {
        if (literal.indexOf('<') >= 0) {
            throw new NotWellFormed();
        }
        StringBuilder value = new StringBuilder();
        int from = 0;
        for (int start = literal.indexOf('&'); start >= 0; start = literal.indexOf('&', from)) {
            int end = literal.indexOf(';', start);
            if (end < 0) {
                throw new NotWellFormed();
            }
            value.append(literal, from, start).append(referred(literal.substring(start + 1, end)));
            from = end + 1;
        }
        return value.append(literal, from, literal.length()).toString();
    }

    private String referred(String reference) {
        return switch (reference) {
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            case "apos" -> "'";
            case "quot" -> "\"";
            default -> {
                if (reference.matches("#[0-9]{1,7}")) {
                    yield character(Integer.parseInt(reference.substring(1)));
                }
                if (reference.matches("#x[0-9a-fA-F]{1,6}")) {
                    yield character(Integer.parseInt(reference.substring(2), 16));
                }
                // The document type may have declared it; what it stands for is of no account.
                if (!hasDocumentType || !reference.matches("[\\w.:-]+")) {
                    throw new NotWellFormed();
                }
                yield "&" + reference + ";";
            }
        };
    }

    private static String character(int codePoint) {
        if (!Character.isValidCodePoint(codePoint) || (codePoint < ' ' && "\t\n\r".indexOf(codePoint) < 0)) {
            throw new NotWellFormed();
        }
        return Character.toString(codePoint);
    }
}
