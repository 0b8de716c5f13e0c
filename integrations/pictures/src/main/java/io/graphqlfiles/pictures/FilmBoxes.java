package io.graphqlfiles.pictures;

import com.drew.imaging.quicktime.QuickTimeHandler;
import com.drew.lang.SequentialReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.mov.QuickTimeAtomHandler;
import com.drew.metadata.mov.QuickTimeContext;
import com.drew.metadata.mov.atoms.Atom;
import com.drew.metadata.mov.media.QuickTimeVideoDirectory;
import com.drew.metadata.mov.media.QuickTimeVideoHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a film: the library's reader, but only the boxes that say the size, the turning and the playing time,
 * and none above a size, as it takes memory for what a box claims to have. The boxes whose number of entries it
 * believes are read here, and so are the tracks of MP4, whose handler box (ISO/IEC 14496-12, section 8.4.3) it takes
 * for QuickTime's.
 */
final class FilmBoxes extends QuickTimeAtomHandler {

    private static final int HANDLER_TYPE = 8;

    /** Of films there are some ten a track. The reader calls itself for each that is in another. */
    private static final int MOST_CONTAINERS = 1000;

    private final long largest;
    private int containers;

    /** @param largest of boxes that are read, in bytes, inclusive */
    FilmBoxes(Metadata metadata, long largest) {
        super(metadata);
        this.largest = largest;
    }

    /** Not the XMP, pictures and names that the library would read as well: they say nothing that is asked for. */
    @Override
    public boolean shouldAcceptAtom(Atom atom) {
        boolean isWanted = switch (atom.type) {
            case "mvhd", "tkhd", "hdlr" -> true;
            default -> false;
        };
        return isWanted && atom.size <= largest;
    }

    @Override
    public boolean shouldAcceptContainer(Atom atom) {
        boolean isWanted = switch (atom.type) {
            case "moov", "trak", "mdia" -> true;
            default -> false;
        };
        return isWanted && isEntered();
    }

    private boolean isEntered() {
        return ++containers <= MOST_CONTAINERS;
    }

    @Override
    public QuickTimeHandler<?> processAtom(Atom atom, byte @Nullable [] payload, QuickTimeContext context)
            throws IOException {
        if (!atom.type.equals("hdlr")) {
            return super.processAtom(atom, payload, context);
        }
        boolean isVideo = payload != null
                && payload.length >= HANDLER_TYPE + 4
                && new String(payload, HANDLER_TYPE, 4, StandardCharsets.ISO_8859_1).equals("vide");
        return isVideo ? new Video(context, this) : this;
    }

    private static final class Video extends QuickTimeVideoHandler {

        /** Version and flags, the number of entries, and of the first one what comes before its width. */
        private static final int WIDTH = 4 + 4 + 32;

        private final FilmBoxes film;

        Video(QuickTimeContext context, FilmBoxes film) {
            super(film.metadata, context);
            this.film = film;
        }

        @Override
        public boolean shouldAcceptAtom(Atom atom) {
            return atom.type.equals("stsd") && atom.size <= film.largest;
        }

        @Override
        public boolean shouldAcceptContainer(Atom atom) {
            boolean isWanted = atom.type.equals("minf") || atom.type.equals("stbl");
            return isWanted && film.isEntered();
        }

        /**
         * The size in the first entry (ISO/IEC 14496-12, sections 8.5.2 and 12.1.3). The library's reader takes memory
         * for as many entries as the box says that it has.
         */
        @Override
        public void processSampleDescription(SequentialReader reader, Atom atom) throws IOException {
            // The payload has been read, so that it is there as a whole.
            ByteBuffer begin = ByteBuffer.wrap(reader.getBytes(WIDTH + 4));
            if (begin.getInt(4) != 0) {
                directory.setInt(QuickTimeVideoDirectory.TAG_WIDTH, begin.getShort(WIDTH) & 0xffff);
                directory.setInt(QuickTimeVideoDirectory.TAG_HEIGHT, begin.getShort(WIDTH + 2) & 0xffff);
            }
        }
    }
}
