package io.graphqlfiles.internal.mime;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file is by its first bytes alone.
 *
 * @param type its type, or the most general one that is certain
 * @param text whether it is text
 * @param suspected of text that begins like another format, that format: a name or claim that says the same is right
 * @param zip of an archive whose entries do not say what it is, the entries
 * @param protectedPackage whether it is, or may be, an office package that is encrypted
 */
record FoundType(
        String type,
        boolean text,
        @Nullable String suspected,
        @Nullable ZipContent zip,
        boolean protectedPackage) {

    /** Beginnings of formats made of text that no other text has. */
    private static final List<String> UNMISTAKABLE = List.of(
            "%PDF-",
            "%!PS",
            "{\\rtf",
            "BEGIN:VCARD",
            "BEGIN:VCALENDAR",
            "WEBVTT",
            "#EXTM3U",
            "-----BEGIN ",
            "<?php",
            "#!/",
            "#! /",
            "d8:announce");

    private static final Set<String> DOCUMENTS_BY_MARKUP = Set.of("text/html", "application/xhtml+xml");

    /** What the database says of text: nothing, or HTML wherever a tag stands. */
    private static final Set<String> UNSAYING = Set.of("text/html", TikaTypes.OCTET_STREAM, TikaTypes.PLAIN_TEXT);

    /** What the database says of every text that names the program which runs it, if it does not know that. */
    private static final String SHELL_SCRIPT = "application/x-sh";

    private static final int PNG_SIGNATURE = 8;

    static FoundType of(byte[] bytes, int length) {
        if (length == 0) {
            return text(TikaTypes.PLAIN_TEXT);
        }
        String markup = Markup.detect(bytes, length);
        if (markup != null) {
            return text(markup);
        }
        if (XmlRoot.ofDeclared(bytes, length) != null) {
            // Marks of other formats do not count, HTML's among them: the declaration and the root do.
            String known = TikaTypes.preferred(TikaTypes.detect(bytes, length));
            return text(isXml(known) ? known : "application/xml");
        }
        return TextContent.isText(bytes, length) || TextContent.isMarkedUtf16(bytes, length)
                ? ofText(bytes, length)
                : ofBinary(bytes, length);
    }

    /** Returns whether it is text that a program of the server's reads, and everyone else as text. */
    boolean isScript() {
        return text
                && !ContentTypes.isActive(type)
                && (type.equals("application/x-sh") || type.startsWith("text/x-"))
                && TikaTypes.isSpecialForm(type, TikaTypes.PLAIN_TEXT);
    }

    private static FoundType text(String type) {
        return new FoundType(type, true, null, null, false);
    }

    private static FoundType binary(String type) {
        return new FoundType(type, false, null, null, false);
    }

    /** Marks of a few letters are words in text: "MZ" begins a program, and a list of towns. */
    private static FoundType ofText(byte[] bytes, int length) {
        String known = TikaTypes.preferred(TikaTypes.detect(bytes, length));
        if (isXml(known)) {
            return text(TextContent.beginsWithTag(bytes, length) ? known : TikaTypes.PLAIN_TEXT);
        }
        int first = TextContent.firstSeen(bytes, length);
        if (UNSAYING.contains(known)) {
            if (TextContent.isAt(first, "#!", bytes, length)) {
                return text(ScriptLine.type(bytes, length));
            }
            return new FoundType(TikaTypes.PLAIN_TEXT, true, undeclaredXml(bytes, length), null, false);
        }
        if (UNMISTAKABLE.stream().anyMatch(mark -> TextContent.isAt(first, mark, bytes, length))) {
            return text(known.equals(SHELL_SCRIPT) ? ScriptLine.type(bytes, length) : known);
        }
        return new FoundType(TikaTypes.PLAIN_TEXT, true, known, null, false);
    }

    /** What begins with a whole tag may be XML without a declaration; so may a line of a chat. */
    private static @Nullable String undeclaredXml(byte[] bytes, int length) {
        return TextContent.beginsWithTag(bytes, length) && XmlRoot.of(bytes, length) != null ? "application/xml" : null;
    }

    private static FoundType ofBinary(byte[] bytes, int length) {
        String film = IsoMedia.detect(bytes, length);
        if (film != null) {
            return binary(film);
        }
        String known = TikaTypes.preferred(TikaTypes.detect(bytes, length));
        switch (known) {
            case ZipContent.ZIP, ZipContent.OFFICE_PACKAGE -> {
                ZipContent zip = ZipContent.of(bytes, length);
                return new FoundType(zip.type(), false, null, zip, false);
            }
            case "audio/mpeg" -> {
                String tagged = Id3.following(bytes, length);
                return binary(tagged == null ? known : tagged);
            }
            case "image/png" -> {
                return binary(isAnimated(bytes, length) ? "image/apng" : known);
            }
            case TikaTypes.PLAIN_TEXT, TikaTypes.OCTET_STREAM -> {
                return TextContent.unmarkedUtf16(bytes, length) != null
                        ? text(TikaTypes.PLAIN_TEXT)
                        : binary(TikaTypes.OCTET_STREAM);
            }
            default -> {
                if (known.equals(OleContent.TYPE) || TikaTypes.isSpecialForm(known, OleContent.TYPE)) {
                    return ofOle(known, bytes, length);
                }
                boolean noMarkup = DOCUMENTS_BY_MARKUP.contains(known)
                        || (isXml(known) && !TextContent.beginsWithTag(bytes, length));
                return binary(noMarkup ? TikaTypes.OCTET_STREAM : known);
            }
        }
    }

    private static FoundType ofOle(String known, byte[] bytes, int length) {
        OleContent content = OleContent.of(bytes, length);
        String type = content.type();
        return new FoundType(type == null ? known : type, false, null, null, content.mayBeEncrypted());
    }

    private static boolean isXml(String type) {
        return type.equals("application/xml")
                || type.endsWith("+xml")
                || TikaTypes.isSpecialForm(type, "application/xml");
    }

    /** The control chunk of an animation stands before the first picture (PNG, third edition, 11.3.6.1). */
    private static boolean isAnimated(byte[] bytes, int length) {
        int position = PNG_SIGNATURE;
        while (position + 8 <= length) {
            int size = (bytes[position] & 0xff) << 24
                    | (bytes[position + 1] & 0xff) << 16
                    | (bytes[position + 2] & 0xff) << 8
                    | (bytes[position + 3] & 0xff);
            if (TextContent.isAt(position + 4, "acTL", bytes, length)) {
                return true;
            }
            if (size < 0 || size > length || TextContent.isAt(position + 4, "IDAT", bytes, length)) {
                return false;
            }
            position += 12 + size;
        }
        return false;
    }
}
