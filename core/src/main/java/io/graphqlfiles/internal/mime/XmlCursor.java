package io.graphqlfiles.internal.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads the characters of an XML document one after the other: UTF-16 if a byte order mark says so, else one for each
 * byte, so that all of ASCII is read as what it is and the rest as some character that may be part of a name. For one
 * thread.
 */
final class XmlCursor {

    private static final int WIDE_MARK = 0xfeff;
    private static final int SWAPPED_WIDE_MARK = 0xfffe;

    private final byte[] bytes;
    private final int end;
    private final int width;
    private final boolean littleEndian;
    private int position;

    XmlCursor(byte[] bytes, int length) {
        this.bytes = bytes;
        int mark = length < 2 ? 0 : (bytes[0] & 0xff) << Byte.SIZE | (bytes[1] & 0xff);
        this.littleEndian = mark == SWAPPED_WIDE_MARK;
        this.width = littleEndian || mark == WIDE_MARK ? 2 : 1;
        this.end = length - length % width;
        if (width == 2) {
            position = 2;
        } else if (length >= 3 && mark == 0xefbb && (bytes[2] & 0xff) == 0xbf) {
            position = 3;
        }
    }

    boolean isWide() {
        return width == 2;
    }

    boolean isAtEnd() {
        return position >= end;
    }

    /** The next character; zero, which XML never has, behind the end. */
    char peek() {
        return peek(0);
    }

    private char peek(int ahead) {
        int index = position + ahead * width;
        if (index >= end) {
            return 0;
        }
        if (width == 1) {
            return (char) (bytes[index] & 0xff);
        }
        int high = bytes[littleEndian ? index + 1 : index] & 0xff;
        int low = bytes[littleEndian ? index : index + 1] & 0xff;
        return (char) (high << Byte.SIZE | low);
    }

    /** @throws NotWellFormed at the end, and at characters that XML does not have */
    char next() {
        char next = peek();
        if ((next < ' ' && !isBlank(next)) || next >= '\ufffe') {
            throw new NotWellFormed();
        }
        position += width;
        return next;
    }

    /** Goes on behind the text if it comes next. */
    boolean skips(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (peek(i) != text.charAt(i)) {
                return false;
            }
        }
        position += text.length() * width;
        return true;
    }

    /** As {@link #skips}, if no part of a name follows. */
    boolean skipsWord(String word) {
        return !isName(peek(word.length())) && skips(word);
    }

    void skipBeyond(String text) {
        while (!skips(text)) {
            next();
        }
    }

    String readUpTo(String text) {
        StringBuilder read = new StringBuilder();
        while (!skips(text)) {
            read.append(next());
        }
        return read.toString();
    }

    /** Returns whether there were any. */
    boolean skipBlanks() {
        int start = position;
        while (isBlank(peek())) {
            position += width;
        }
        return position > start;
    }

    void expectBlanks() {
        if (!skipBlanks()) {
            throw new NotWellFormed();
        }
    }

    void expect(char expected) {
        if (next() != expected) {
            throw new NotWellFormed();
        }
    }

    void expectEquals() {
        skipBlanks();
        expect('=');
        skipBlanks();
    }

    /** What is between quotes of either kind. */
    String literal() {
        char quote = next();
        if (quote != '"' && quote != '\'') {
            throw new NotWellFormed();
        }
        return readUpTo(Character.toString(quote));
    }

    /** Colons are part of it. */
    String name() {
        char first = peek();
        int start = position;
        while (isName(peek())) {
            position += width;
        }
        if (position == start || isDigit(first) || first == '-' || first == '.') {
            throw new NotWellFormed();
        }
        return new String(bytes, start, position - start, charset());
    }

    private Charset charset() {
        if (width == 1) {
            return StandardCharsets.ISO_8859_1;
        }
        return littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c > '\u007f' || "_-.:".indexOf(c) >= 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** What is read is not XML. */
    static final class NotWellFormed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotWellFormed() {
            super("not well-formed", null, false, false);
        }
    }
}
