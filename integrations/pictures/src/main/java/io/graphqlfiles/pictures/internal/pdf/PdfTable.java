package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.pictures.internal.pdf.PdfObjects.Dictionary;
import io.graphqlfiles.pictures.internal.pdf.PdfReferences.Entry;
import io.graphqlfiles.pictures.internal.pdf.PdfReferences.Kind;
import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of cross-references (ISO 32000-1, section 7.5.4). All lines of a subsection have the same length, so that one
 * is read and the others are passed over.
 */
final class PdfTable implements PdfSubsections {

    /** Ten digits, five digits and a letter, each but the last with a space. The end of line comes after them. */
    private static final int LINE = 18;

    private static final int LONGEST_END = 2;

    private final PdfReader file;
    private final List<Subsection> subsections;
    private final Dictionary trailer;

    private PdfTable(PdfReader file, List<Subsection> subsections, Dictionary trailer) {
        this.file = file;
        this.subsections = subsections;
        this.trailer = trailer;
    }

    private record Subsection(long first, long count, long position, int line) {

        long end() {
            return position + count * line;
        }
    }

    private record Line(long place, long generation, boolean isDeleted) {}

    /**
     * Reads a table.
     *
     * @param position after its first word
     * @param most subsections
     */
    static PdfTable read(PdfReader file, long position, int most) throws IOException {
        List<Subsection> subsections = new ArrayList<>();
        long next = position;
        while (true) {
            PdfTokens tokens = file.tokens(next);
            Object token = tokens.next();
            if (token.equals(new Word("trailer"))) {
                if (PdfObjects.read(tokens) instanceof Dictionary trailer) {
                    return new PdfTable(file, subsections, trailer);
                }
                throw new IOException("expected a dictionary after trailer");
            }
            long count = tokens.number();
            if (!(token instanceof Long first)
                    || first < 0
                    || first > HIGHEST_NUMBER
                    || count > HIGHEST_NUMBER
                    || subsections.size() >= most) {
                throw new IOException("expected a subsection");
            }
            next += tokens.position();
            if (count > 0) {
                Subsection subsection = subsection(file, first, count, next);
                subsections.add(subsection);
                next = subsection.end();
            }
        }
    }

    private static Subsection subsection(PdfReader file, long first, long count, long after) throws IOException {
        long position = after;
        while (PdfTokens.isSpace(file.at(position))) {
            position++;
        }
        Line line = line(file, position);
        int end = 0;
        while (end < LONGEST_END && PdfTokens.isSpace(file.at(position + LINE + end))) {
            end++;
        }
        // Some writers count from 1, and mean the object 0, which no file has.
        boolean isOneTooHigh = first == 1 && line.isDeleted() && line.generation() == 65_535;
        return new Subsection(isOneTooHigh ? 0 : first, count, position, LINE + end);
    }

    private static Line line(PdfReader file, long position) throws IOException {
        long place = digits(file, position, 10);
        long generation = digits(file, position + 11, 5);
        int kind = file.at(position + LINE - 1);
        if (kind != 'n' && kind != 'f') {
            throw new IOException("expected a line of the table");
        }
        return new Line(place, generation, kind == 'f');
    }

    private static long digits(PdfReader file, long position, int count) throws IOException {
        long number = 0;
        for (int i = 0; i < count; i++) {
            int digit = file.at(position + i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IOException("expected a digit");
            }
            number = number * 10 + digit;
        }
        if (file.at(position + count) != ' ') {
            throw new IOException("expected a space");
        }
        return number;
    }

    Dictionary trailer() {
        return trailer;
    }

    @Override
    public int size() {
        return subsections.size();
    }

    @Override
    public @Nullable Entry find(long number) throws IOException {
        for (Subsection each : subsections) {
            if (number >= each.first() && number - each.first() < each.count()) {
                Line line = line(file, each.position() + (number - each.first()) * each.line());
                return new Entry(line.isDeleted() ? Kind.DELETED : Kind.PLAIN, line.place());
            }
        }
        return null;
    }
}
