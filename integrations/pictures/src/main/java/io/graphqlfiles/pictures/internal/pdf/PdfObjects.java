package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Mark;
import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Name;
import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Word;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a PDF (ISO 32000-1, section 7.3): {@link Long}, {@link Name}, {@link Reference}, {@link Dictionary} and
 * lists of them; {@link Mark#OTHER} stands for what nobody here asks for, and for lists that are too long to be kept.
 */
final class PdfObjects {

    /** Deeper than writers nest what is not an object of its own. */
    private static final int DEEPEST = 32;

    /** How many values of an object are kept. The list of a document's pages may be far longer. */
    static final int MOST_VALUES = 20_000;

    private final PdfTokens tokens;
    private final Deque<Open> open = new ArrayDeque<>();
    private int kept;

    private PdfObjects(PdfTokens tokens) {
        this.tokens = tokens;
    }

    /** A value that is an object of its own. Its generation is not kept: the newest object of the number counts. */
    record Reference(long number) {}

    /** Values by name. */
    record Dictionary(Map<String, Object> values) {

        @Nullable
        Object get(String name) {
            return values.get(name);
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        /** Whether its {@code Type} is this. */
        boolean isOfType(String type) {
            return new Name(type).equals(get("Type"));
        }

        /** A whole number; the other if it has none of the name. */
        long number(String name, long other) {
            return get(name) instanceof Long number ? number : other;
        }

        /** The one value of the name, which may be in a list; null if it has none. */
        @Nullable
        Object only(String name) throws IOException {
            Object value = get(name);
            if (value instanceof List<?> list) {
                if (list.size() > 1) {
                    throw new IOException(name + ": expected one value, found " + list.size());
                }
                value = list.isEmpty() ? null : list.get(0);
            }
            return new Word("null").equals(value) ? null : value;
        }
    }

    /** A list or dictionary whose end has not been read. */
    private static final class Open {

        private final boolean isDictionary;
        private final List<Object> values = new ArrayList<>();
        private boolean isTooLong;

        Open(boolean isDictionary) {
            this.isDictionary = isDictionary;
        }
    }

    /**
     * Reads a value to its end. Does not call itself, however deep values are nested.
     *
     * @throws IOException if it is damaged, or larger than what is kept
     */
    static Object read(PdfTokens tokens) throws IOException {
        return new PdfObjects(tokens).read();
    }

    private Object read() throws IOException {
        while (true) {
            Object value = tokens.next();
            if (value == Mark.BEGIN_ARRAY || value == Mark.BEGIN_DICTIONARY) {
                begin(value == Mark.BEGIN_DICTIONARY);
                continue;
            }
            if (value == Mark.END) {
                throw new IOException("expected a value, found the end");
            }
            if (value == Mark.END_ARRAY || value == Mark.END_DICTIONARY) {
                value = end(value == Mark.END_DICTIONARY);
            }
            Open container = open.peek();
            if (container == null) {
                return value;
            }
            add(container, value);
        }
    }

    private void begin(boolean isDictionary) throws IOException {
        if (open.size() == DEEPEST) {
            throw new IOException("expected values within " + DEEPEST + " others at most");
        }
        open.push(new Open(isDictionary));
    }

    private Object end(boolean isDictionary) throws IOException {
        if (open.isEmpty() || open.peek().isDictionary != isDictionary) {
            throw new IOException("expected the end of another value");
        }
        Open ended = open.pop();
        if (isDictionary) {
            return dictionary(ended.values);
        }
        return ended.isTooLong ? Mark.OTHER : ended.values;
    }

    private static Dictionary dictionary(List<Object> values) throws IOException {
        if (values.size() % 2 != 0) {
            throw new IOException("expected a value for each name");
        }
        Map<String, Object> byName = new HashMap<>();
        for (int i = 0; i < values.size(); i += 2) {
            if (!(values.get(i) instanceof Name name)) {
                throw new IOException("expected a name");
            }
            byName.put(name.text(), values.get(i + 1));
        }
        return new Dictionary(byName);
    }

    private void add(Open container, Object value) throws IOException {
        List<Object> values = container.values;
        if (container.isTooLong) {
            return;
        }
        if (value.equals(new Word("R"))) {
            values.add(reference(values));
            kept--;
        } else if (kept < MOST_VALUES) {
            values.add(value);
            kept++;
        } else if (container.isDictionary) {
            throw new IOException("expected at most " + MOST_VALUES + " values");
        } else {
            kept -= values.size();
            values.clear();
            container.isTooLong = true;
        }
    }

    private static Reference reference(List<Object> values) throws IOException {
        int size = values.size();
        if (size < 2 || !(values.get(size - 2) instanceof Long number) || !(values.get(size - 1) instanceof Long)) {
            throw new IOException("expected two numbers before R");
        }
        values.subList(size - 2, size).clear();
        return new Reference(number);
    }
}
