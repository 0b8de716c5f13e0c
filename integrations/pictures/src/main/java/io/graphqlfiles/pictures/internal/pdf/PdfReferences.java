package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.pictures.internal.pdf.PdfObjects.Dictionary;
import io.graphqlfiles.pictures.internal.pdf.PdfTokens.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the objects of a PDF are (ISO 32000-1, sections 7.5.4 to 7.5.8): sections, each a table or a stream, the newest
 * first. A section is read when none before it has what is looked for.
 */
final class PdfReferences {

    /** One for each time that the file was changed. */
    private static final int MOST_SECTIONS = 256;

    /** Of all sections. */
    private static final int MOST_SUBSECTIONS = 50_000;

    private final PdfReader file;
    private final List<Section> sections = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private final @Nullable Object root;
    private final boolean isEncrypted;
    private long next;
    private int subsections;

    /** @param position of the newest section */
    PdfReferences(PdfReader file, long position) throws IOException {
        this.file = file;
        this.next = position;
        Dictionary trailer = add();
        this.root = trailer.get("Root");
        this.isEncrypted = trailer.has("Encrypt");
    }

    /** A table or a stream, and what a table's trailer refers to for readers that know streams. */
    private record Section(PdfSubsections main, @Nullable PdfSubsections hidden) {}

    /**
     * Where an object is.
     *
     * @param place in the file; number of the stream that it is in; or nothing if it was deleted
     */
    record Entry(Kind kind, long place) {}

    enum Kind {
        DELETED,
        PLAIN,
        IN_STREAM
    }

    /** The catalog of the document, mostly a reference. */
    @Nullable
    Object root() {
        return root;
    }

    boolean isEncrypted() {
        return isEncrypted;
    }

    /**
     * Finds an object.
     *
     * @return null if there is none
     */
    @Nullable
    Entry find(long number) throws IOException {
        for (int i = 0; i < sections.size() || next > 0; i++) {
            if (i == sections.size()) {
                add();
            }
            Section section = sections.get(i);
            Entry found = section.main().find(number);
            if (section.hidden() != null && (found == null || found.kind() == Kind.DELETED)) {
                Entry hidden = section.hidden().find(number);
                found = hidden == null ? found : hidden;
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Dictionary add() throws IOException {
        requireNew(next);
        PdfTokens tokens = file.tokens(next);
        PdfSubsections hidden = null;
        PdfSubsections main;
        Dictionary trailer;
        if (tokens.next().equals(new Word("xref"))) {
            PdfTable table = PdfTable.read(file, next + tokens.position(), MOST_SUBSECTIONS - subsections);
            main = table;
            trailer = table.trailer();
            long position = trailer.number("XRefStm", -1);
            if (position >= 0) {
                requireNew(position);
                hidden = PdfTableStream.read(file, file.object(position, null));
                count(hidden);
            }
        } else {
            PdfReader.Found stream = file.object(next, null);
            main = PdfTableStream.read(file, stream);
            trailer = stream.dictionary();
        }
        count(main);
        sections.add(new Section(main, hidden));
        next = trailer.number("Prev", -1);
        return trailer;
    }

    private void requireNew(long position) throws IOException {
        if (!seen.add(position) || seen.size() > MOST_SECTIONS) {
            throw new IOException("expected at most " + MOST_SECTIONS + " sections, each once");
        }
    }

    private void count(PdfSubsections section) throws IOException {
        subsections += section.size();
        if (subsections > MOST_SUBSECTIONS) {
            throw new IOException("expected at most " + MOST_SUBSECTIONS + " subsections");
        }
    }
}
