package io.graphqlfiles.pictures;

import com.drew.imaging.quicktime.QuickTimeHandler;
import com.drew.metadata.Metadata;
import com.drew.metadata.mov.QuickTimeAtomHandler;
import com.drew.metadata.mov.QuickTimeContext;
import com.drew.metadata.mov.atoms.Atom;
import com.drew.metadata.mov.media.QuickTimeVideoHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What is read of a film: the library's reader, but no box above a size, as it takes memory for what a box claims to
 * have, and with the tracks of MP4, whose handler box (ISO/IEC 14496-12, section 8.4.3) it takes for QuickTime's.
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

    @Override
    public boolean shouldAcceptAtom(Atom atom) {
        return atom.size <= largest && super.shouldAcceptAtom(atom);
    }

    @Override
    public boolean shouldAcceptContainer(Atom atom) {
        return super.shouldAcceptContainer(atom) && isEntered();
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

        private final FilmBoxes film;

        Video(QuickTimeContext context, FilmBoxes film) {
            super(film.metadata, context);
            this.film = film;
        }

        @Override
        public boolean shouldAcceptAtom(Atom atom) {
            return atom.size <= film.largest && super.shouldAcceptAtom(atom);
        }

        @Override
        public boolean shouldAcceptContainer(Atom atom) {
            return super.shouldAcceptContainer(atom) && film.isEntered();
        }
    }
}
