package io.graphqlfiles.pictures.internal.pdf;

import java.io.IOException;
import java.io.InputStream;

/**
 * The tokens of a PDF (ISO 32000-1, section 7.2). Of numbers only whole ones are told apart, and of strings nothing is
 * kept: {@link Mark#OTHER} stands for them.
 */
final class PdfTokens {

    /** What is longer is none of the words and names that we look for. */
    private static final int LONGEST_WORD = 32;

    private static final int LONGEST_NUMBER = 18;
    private static final int NOTHING = -2;

    private final InputStream in;
    private int peeked = NOTHING;
    private long position;

    PdfTokens(InputStream in) {
        this.in = in;
    }

    /** What is no value. */
    enum Mark {
        BEGIN_ARRAY,
        END_ARRAY,
        BEGIN_DICTIONARY,
        END_DICTIONARY,
        OTHER,
        END
    }

    /** A name, without its slash. */
    record Name(String text) {}

    /** A word that is neither a name nor a number: {@code obj}, {@code stream}, {@code null}. */
    record Word(String text) {}

    /** How many bytes were read. */
    long position() {
        return position;
    }

    /**
     * The next token.
     *
     * @return a {@link Long}, {@link Name}, {@link Word} or {@link Mark}
     * @throws IOException if it is none
     */
    Object next() throws IOException {
        int first = take();
        while (isSpace(first) || first == '%') {
            if (first == '%') {
                passComment();
            }
            first = take();
        }
        return switch (first) {
            case -1 -> Mark.END;
            case '/' -> new Name(name());
            case '[' -> Mark.BEGIN_ARRAY;
            case ']' -> Mark.END_ARRAY;
            case '(' -> string();
            case '<' -> isNext('<') ? Mark.BEGIN_DICTIONARY : hexString();
            case '>' -> {
                if (!isNext('>')) {
                    throw new IOException("expected >>, found >");
                }
                yield Mark.END_DICTIONARY;
            }
            case ')', '{', '}' -> throw new IOException("expected a value, found " + (char) first);
            default -> word(first);
        };
    }

    /**
     * The next token, which is a whole number that is not negative.
     *
     * @throws IOException if it is something else
     */
    long number() throws IOException {
        if (next() instanceof Long number && number >= 0) {
            return number;
        }
        throw new IOException("expected a number of zero or more");
    }

    /** @throws IOException if the next token is not this word */
    void expect(String word) throws IOException {
        if (!next().equals(new Word(word))) {
            throw new IOException("expected " + word);
        }
    }

    static boolean isSpace(int character) {
        return switch (character) {
            case 0, '\t', '\n', '\f', '\r', ' ' -> true;
            default -> false;
        };
    }

    private static boolean endsWord(int character) {
        return switch (character) {
            case -1, '(', ')', '<', '>', '[', ']', '{', '}', '/', '%' -> true;
            default -> isSpace(character);
        };
    }

    private int peek() throws IOException {
        if (peeked == NOTHING) {
            peeked = in.read();
        }
        return peeked;
    }

    private int take() throws IOException {
        int next = peek();
        peeked = NOTHING;
        position += next < 0 ? 0 : 1;
        return next;
    }

    private boolean isNext(int character) throws IOException {
        if (peek() != character) {
            return false;
        }
        take();
        return true;
    }

    private void passComment() throws IOException {
        int next = take();
        while (next != '\n' && next != '\r' && next >= 0) {
            next = take();
        }
    }

    private Mark string() throws IOException {
        for (int depth = 1; depth > 0; ) {
            int next = take();
            switch (next) {
                case '(' -> depth++;
                case ')' -> depth--;
                case '\\' -> take();
                case -1 -> throw new IOException("expected ), found the end");
                default -> {}
            }
        }
        return Mark.OTHER;
    }

    private Mark hexString() throws IOException {
        int next = take();
        while (next != '>') {
            if (next < 0) {
                throw new IOException("expected >, found the end");
            }
            next = take();
        }
        return Mark.OTHER;
    }

    private String name() throws IOException {
        StringBuilder name = new StringBuilder();
        while (!endsWord(peek())) {
            int next = take();
            append(name, next == '#' ? escaped() : next);
        }
        return name.toString();
    }

    /** A character of a name by its number (section 7.3.5). */
    private int escaped() throws IOException {
        int code = 0;
        for (int i = 0; i < 2; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                return '#';
            }
            take();
            code = code * 16 + digit;
        }
        return code;
    }

    private Object word(int first) throws IOException {
        StringBuilder word = new StringBuilder();
        append(word, first);
        while (!endsWord(peek())) {
            append(word, take());
        }
        String text = word.toString();
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        boolean isNumber = true;
        boolean isWhole = text.length() > sign && text.length() <= LONGEST_NUMBER;
        for (int i = sign; i < text.length(); i++) {
            boolean isDigit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            isWhole &= isDigit;
            isNumber &= isDigit || text.charAt(i) == '.' || text.charAt(i) == '-';
        }
        if (isWhole) {
            return Long.parseLong(text);
        }
        return isNumber ? Mark.OTHER : new Word(text);
    }

    private static void append(StringBuilder word, int character) {
        if (word.length() <= LONGEST_WORD) {
            word.append((char) character);
        }
    }
}
