package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A HEIC, HEIF or AVIF (ISO/IEC 14496-12, section 4.2; 23008-12) whose metadata is overwritten. Such a file addresses
 * its parts by offsets from its beginning, so nothing is left out or moved: the description of the picture says where
 * metadata is, and there zeros take its place. Boxes that have nothing to do with the picture become free space.
 * Orientation and colour profile are in the description, and stay.
 */
final class HeifStripped extends StrippedContent {

    /** Of a description with a thousand tiles, ten times. */
    static final int MOST_DESCRIBED = 1 << 20;

    private static final int PIECE = 16 * 1024;
    private static final int HEADER = 8;
    private static final int LONG_HEADER = 16;

    private Deque<HeifDescription.Range> erased = new ArrayDeque<>();
    private long position;
    /** Of the box whose content comes next. */
    private long left;

    private boolean isBegun;
    private boolean isDescribed;
    private boolean hasData;
    private boolean isErasedWhole;
    private boolean endsWithContent;

    HeifStripped(InputStream content) {
        super(content);
    }

    @Override
    void next() throws IOException {
        if (left > 0) {
            piece();
        } else {
            box();
        }
    }

    private void box() throws IOException {
        byte[] header = takeUpTo(HEADER);
        long size = header.length < HEADER ? 0 : unsigned(header, 0, true);
        String type = header.length < HEADER ? "" : new String(header, 4, 4, StandardCharsets.ISO_8859_1);
        if (!isBegun && !type.equals("ftyp")) {
            throw new MalformedContentException("expected a HEIC or AVIF, found something else");
        }
        isBegun = true;
        if (size == 1) {
            header = Arrays.copyOf(header, LONG_HEADER);
            System.arraycopy(take(LONG_HEADER - HEADER), 0, header, HEADER, LONG_HEADER - HEADER);
            size = ByteBuffer.wrap(header).getLong(HEADER);
        }
        endsWithContent = size == 0 && header.length == HEADER;
        if (header.length < HEADER || (size < header.length && !endsWithContent)) {
            // What is behind the last box is not the picture's.
            end();
            return;
        }
        position += header.length;
        left = endsWithContent ? Long.MAX_VALUE - position : size - header.length;
        content(type, header);
    }

    private void content(String type, byte[] header) throws IOException {
        isErasedWhole = false;
        switch (type) {
            case "ftyp" -> emit(header);
            case "mdat" -> {
                // Without a description nobody shows it, and nobody knows what it is.
                isErasedWhole = !isDescribed;
                hasData = true;
                emit(header);
            }
            case "meta" -> {
                // A reader may follow either.
                if (isDescribed) {
                    throw new MalformedContentException("expected one description of the picture, found two");
                }
                if (hasData) {
                    throw new MalformedContentException("expected the description of the picture before its data");
                }
                byte[] box = described(header);
                erased = new ArrayDeque<>(HeifDescription.clean(box, header.length, position));
                position += box.length - header.length;
                isDescribed = true;
                emit(box);
            }
            case "moov" -> {
                byte[] box = described(header);
                HeifDescription.cleanFilm(box, header.length);
                erase(box, position - header.length);
                position += box.length - header.length;
                emit(box);
            }
            default -> {
                isErasedWhole = true;
                System.arraycopy(HeifDescription.FREE, 0, header, 4, 4);
                emit(header);
            }
        }
    }

    /** All of a box. */
    private byte[] described(byte[] header) throws IOException {
        if (left > MOST_DESCRIBED && !endsWithContent) {
            throw new MalformedContentException("the description of the picture is too long");
        }
        byte[] content = endsWithContent ? takeUpTo(MOST_DESCRIBED) : take((int) left);
        left = 0;
        byte[] box = Arrays.copyOf(header, header.length + content.length);
        System.arraycopy(content, 0, box, header.length, content.length);
        return box;
    }

    private void piece() throws IOException {
        int wanted = (int) Math.min(PIECE, left);
        byte[] bytes = takeUpTo(wanted);
        if (bytes.length < wanted) {
            if (!endsWithContent && !isErasedWhole) {
                throw ended();
            }
            end();
        }
        if (isErasedWhole) {
            Arrays.fill(bytes, (byte) 0);
        } else {
            erase(bytes, position);
        }
        position += bytes.length;
        left -= bytes.length;
        emit(bytes);
    }

    /** @param at where they are in the file */
    private void erase(byte[] bytes, long at) {
        HeifDescription.Range next = erased.peek();
        while (next != null && next.from() < at + bytes.length) {
            next.erase(bytes, at);
            if (next.to() > at + bytes.length) {
                return;
            }
            erased.remove();
            next = erased.peek();
        }
    }
}
