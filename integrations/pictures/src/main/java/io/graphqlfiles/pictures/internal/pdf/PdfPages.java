package io.graphqlfiles.pictures.internal.pdf;

import io.graphqlfiles.pictures.internal.pdf.PdfObjects.Dictionary;
import io.graphqlfiles.pictures.internal.pdf.PdfObjects.Reference;
import io.graphqlfiles.pictures.internal.pdf.PdfReferences.Entry;
import io.graphqlfiles.pictures.internal.pdf.PdfReferences.Kind;
import io.graphqlfiles.spi.media.FileAnalyzer.Analysis;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How many pages a PDF says that it has, the number that readers show when they open it: the {@code Count} of its page
 * tree (ISO 32000-1, section 7.7.3), or that of a file for the web in its first object (annex F). The pages are not
 * counted. Where a reader would have to repair the file, or to decrypt it, the number is not known.
 */
public final class PdfPages {

    /** What is more is none. */
    public static final int MOST_PAGES = 10_000_000;

    /** The most ranges that are read of a file in a store. */
    public static final int MOST_RANGES = RangedBytes.MOST_RANGES;

    /** The most bytes that are looked at, what is inflated among them. */
    public static final int MOST_WORK = PdfReader.MOST_WORK;

    /** How long the head is of which there is more. */
    private static final int HEAD = 65_536;

    /** How far behind other bytes the file may begin, and in front of others end: as readers do. */
    private static final int MOST_JUNK = 1024;

    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POINTER = "startxref".getBytes(StandardCharsets.US_ASCII);

    private final PdfReader file;
    private final PdfReferences references;

    private PdfPages(PdfReader file, long position) throws IOException {
        this.file = file;
        this.references = new PdfReferences(file, position);
    }

    /** By the first bytes. If there are more, the pages are what a file for the web claims: to be looked at again. */
    public static Analysis head(byte[] head) {
        boolean isAll = head.length < HEAD;
        RangedBytes bytes = new RangedBytes(head);
        Integer claimed = claimed(bytes, isAll);
        return new Analysis(facts(isAll && claimed == null ? counted(bytes) : claimed), isAll);
    }

    /**
     * Of a stored file.
     *
     * @param found what the head told
     * @throws IOException if the content cannot be read from the store
     */
    public static FileFacts stored(StoredContent content, FileFacts found) throws IOException {
        RangedBytes bytes = new RangedBytes(content);
        // The head is not read again to see whether the file is one for the web.
        Integer pages = found.pages() == null ? null : claimed(bytes, true);
        pages = pages == null ? counted(bytes) : pages;
        bytes.requireIntact();
        return facts(pages);
    }

    private static FileFacts facts(@Nullable Integer pages) {
        return pages == null ? FileFacts.none() : FileFacts.none().withPages(pages);
    }

    private static @Nullable Integer pages(@Nullable Object count) {
        return count instanceof Long pages && pages > 0 && pages <= MOST_PAGES ? pages.intValue() : null;
    }

    /**
     * What the first object of a file for the web says. It is not valid any more if the file was changed.
     *
     * @param isAll whether the length of the file is known
     */
    private static @Nullable Integer claimed(RangedBytes bytes, boolean isAll) {
        try {
            Object first = new PdfReader(bytes, 0).object(0, null).value();
            return first instanceof Dictionary dictionary
                            && dictionary.has("Linearized")
                            && (!isAll || dictionary.number("L", -1) == bytes.size())
                    ? pages(dictionary.get("N"))
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Integer counted(RangedBytes bytes) {
        try {
            return counted(bytes, 0);
        } catch (IOException e) {
            // Positions may count from the header, and something be in front of it.
        }
        try {
            long base = first(bytes);
            return base < 1 ? null : counted(bytes, base);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Integer counted(RangedBytes bytes, long base) throws IOException {
        PdfReader file = new PdfReader(bytes, base);
        long pointer = last(bytes, Math.max(base, bytes.size() - 2 * MOST_JUNK));
        PdfTokens tokens = file.tokens(pointer - base);
        tokens.expect("startxref");
        PdfPages pages = new PdfPages(file, tokens.number());
        Dictionary catalog = pages.dictionary(pages.references.root());
        Dictionary tree = pages.dictionary(catalog.get("Pages"));
        return pages(pages.resolved(tree.get("Count")));
    }

    private static long last(RangedBytes bytes, long from) throws IOException {
        for (long i = bytes.size() - POINTER.length; i >= from; i--) {
            if (isAt(i, POINTER, bytes)) {
                return i;
            }
        }
        throw new IOException("expected startxref near the end");
    }

    private static long first(RangedBytes bytes) throws IOException {
        for (long i = 0; i <= MOST_JUNK; i++) {
            if (isAt(i, HEADER, bytes)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isAt(long position, byte[] what, RangedBytes bytes) throws IOException {
        for (int i = 0; i < what.length; i++) {
            if (bytes.at(position + i) != what[i]) {
                return false;
            }
        }
        return true;
    }

    private Dictionary dictionary(@Nullable Object value) throws IOException {
        if (resolved(value) instanceof Dictionary dictionary) {
            return dictionary;
        }
        throw new IOException("expected a dictionary");
    }

    /** The value, or the object that it refers to. */
    private @Nullable Object resolved(@Nullable Object value) throws IOException {
        if (!(value instanceof Reference reference)) {
            return value;
        }
        Entry entry = references.find(reference.number());
        if (entry == null || entry.kind() == Kind.DELETED) {
            return null;
        }
        return entry.kind() == Kind.PLAIN
                ? file.object(entry.place(), reference.number()).value()
                : inStream(entry.place(), reference.number());
    }

    /** An object in a stream (section 7.5.7). */
    private Object inStream(long container, long number) throws IOException {
        Entry entry = references.find(container);
        if (entry == null || entry.kind() != Kind.PLAIN || references.isEncrypted()) {
            throw new IOException("expected a stream that is not encrypted");
        }
        PdfReader.Found stream = file.object(entry.place(), container);
        long place = placeInStream(stream, number);
        try (InputStream content = file.content(stream)) {
            content.skipNBytes(place);
            return PdfObjects.read(new PdfTokens(content));
        }
    }

    private long placeInStream(PdfReader.Found stream, long number) throws IOException {
        Dictionary dictionary = stream.dictionary();
        long first = dictionary.number("First", -1);
        if (!dictionary.isOfType("ObjStm") || first < 0) {
            throw new IOException("expected a stream of objects");
        }
        try (InputStream content = file.content(stream)) {
            PdfTokens tokens = new PdfTokens(content);
            for (long left = dictionary.number("N", 0); left > 0; left--) {
                boolean isIt = tokens.number() == number;
                long place = tokens.number();
                if (isIt) {
                    return first + place;
                }
            }
        }
        throw new IOException("expected object " + number + " in the stream");
    }
}
