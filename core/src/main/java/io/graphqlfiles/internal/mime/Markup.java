package io.graphqlfiles.internal.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a browser would read as HTML or SVG if it was left to itself: the first tag counts, after white space,
 * byte order marks, comments, processing instructions and document types. Stricter than browsers (WHATWG MIME Sniffing,
 * section 7.1) in that it knows every tag that can start a script or load something.
 */
final class Markup {

    private static final Set<String> HTML = Set.of(
            "a",
            "applet",
            "audio",
            "b",
            "base",
            "body",
            "br",
            "button",
            "canvas",
            "center",
            "details",
            "dialog",
            "div",
            "embed",
            "font",
            "form",
            "frame",
            "frameset",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "html",
            "iframe",
            "img",
            "input",
            "isindex",
            "link",
            "main",
            "marquee",
            "math",
            "meta",
            "nav",
            "noscript",
            "object",
            "p",
            "picture",
            "plaintext",
            "script",
            "section",
            "select",
            "source",
            "span",
            "style",
            "table",
            "template",
            "textarea",
            "title",
            "ul",
            "video",
            "xmp");

    /** Possessive throughout and anchored: linear in the length of the input. */
    private static final Pattern DOCTYPE = Pattern.compile(
            "<!doctype[\\s\\x00]*+([a-z:]*+)[^>\\[]*+(?:\\[[^\\]]*+\\][^>]*+)?+>?+", Pattern.CASE_INSENSITIVE);

    private static final Pattern TAG =
            Pattern.compile("<(?:[a-z_][\\w.-]*+:)?([a-z][a-z0-9]*+)(?=[\\s/>\\x00]|\\z)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCRIPT_NAMESPACE = Pattern.compile("http://www\\.w3\\.org/(1999/xhtml|2000/svg)");

    private Markup() {}

    /** {@code text/html}, {@code image/svg+xml} or null for neither. */
    static @Nullable String detect(byte[] bytes, int length) {
        if (!TextContent.beginsWithTag(bytes, length)) {
            return null;
        }
        boolean isOtherXml = isOtherXml(bytes, length);
        Charset charset = charset(bytes, length);
        String type = detect(new String(bytes, 0, length, charset), isOtherXml);
        return type == null && !charset.equals(StandardCharsets.UTF_8)
                ? detect(new String(bytes, 0, length, StandardCharsets.UTF_8), isOtherXml)
                : type;
    }

    /**
     * Returns whether this is an XML document for certain whose root, a {@code form} or {@code table} perhaps, is none
     * of HTML's or SVG's. Browsers go by its declaration and its namespace.
     */
    private static boolean isOtherXml(byte[] bytes, int length) {
        XmlRoot.Name root = XmlRoot.ofDeclared(bytes, length);
        return root != null
                && !root.local().isEmpty()
                && !root.local().equalsIgnoreCase("html")
                && !SCRIPT_NAMESPACE.matcher(root.namespace()).matches();
    }

    private static @Nullable String detect(String text, boolean isOtherXml) {
        int position = skip(text, 0);
        boolean commented = position > 0 && text.lastIndexOf("<!--", position - 1) >= 0;
        Matcher doctype = DOCTYPE.matcher(text).region(position, text.length());
        if (doctype.lookingAt()) {
            if (doctype.group(1).equalsIgnoreCase("html")) {
                return "text/html";
            }
            position = skip(text, doctype.end());
        }
        Matcher tag = TAG.matcher(text).region(position, text.length());
        if (tag.lookingAt()) {
            String name = tag.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("svg")) {
                return "image/svg+xml";
            }
            if (HTML.contains(name) && !isOtherXml) {
                return "text/html";
            }
        }
        // A comment alone makes a browser say HTML; one that does not end within the prefix hides what follows.
        boolean openComment = text.startsWith("<!--", position);
        return (commented && !isDeclaredXml(text)) || openComment ? commentedType(text) : null;
    }

    private static boolean isDeclaredXml(String text) {
        return text.startsWith("<?xml", text.startsWith("\ufeff") ? 1 : 0);
    }

    /** Where the first thing begins that is not white space, NUL, a byte order mark, a comment or an instruction. */
    private static int skip(String text, int from) {
        int position = from;
        while (position < text.length()) {
            int end = isBlank(text.charAt(position))
                    ? position + 1
                    : text.startsWith("<!--", position)
                            ? behind("-->", text, position + 4)
                            : text.startsWith("<?", position) ? behind(">", text, position + 2) : -1;
            if (end < 0) {
                return position;
            }
            position = end;
        }
        return position;
    }

    private static boolean isBlank(char c) {
        return c == 0 || c == ' ' || (c >= '\t' && c <= '\r') || c == '\ufeff';
    }

    private static int behind(String end, String text, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? -1 : found + end.length();
    }

    private static String commentedType(String text) {
        Matcher namespace = SCRIPT_NAMESPACE.matcher(text);
        return namespace.find() && namespace.group(1).endsWith("svg") ? "image/svg+xml" : "text/html";
    }

    /** XML in UTF-16 is markup to a browser as well, with or without a byte order mark. */
    private static Charset charset(byte[] bytes, int length) {
        if (length >= 2) {
            int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
            if (first == 0xfeff || first == 0x003c) {
                return StandardCharsets.UTF_16BE;
            }
            if (first == 0xfffe || first == 0x3c00) {
                return StandardCharsets.UTF_16LE;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
