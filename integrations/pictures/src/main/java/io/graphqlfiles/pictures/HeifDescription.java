package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.MalformedContentException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The description of the pictures in a HEIF file, its {@code meta} box (ISO/IEC 14496-12, section 8.11): which items
 * there are, and where. What is no picture is found and overwritten: EXIF, XMP, descriptions and names. What stays is a
 * list, so that what a program invents goes. One use.
 */
final class HeifDescription {

    static final byte[] FREE = {'f', 'r', 'e', 'e'};

    private static final Set<String> KEPT_BOXES =
            Set.of("hdlr", "pitm", "iinf", "iloc", "iprp", "iref", "idat", "grpl", "dinf");

    /** Pictures of every codec, and what is made of pictures (ISO/IEC 23008-12, sections 6.6 and 6.7). */
    private static final Set<String> KEPT_ITEMS = Set.of(
            "hvc1", "hev1", "lhv1", "hvt1", "av01", "avc1", "vvc1", "evc1", "jpeg", "j2k1", "unci", "mski", "grid",
            "iovl", "iden", "tmap", "sato");

    /** Words about the picture, and when it was made. */
    private static final Set<String> ERASED_PROPERTIES = Set.of("udes", "altt", "crtt", "mdft", "uuid");

    private static final Set<String> FILM_CONTAINERS = Set.of("trak", "mdia", "minf", "stbl", "edts", "dinf");
    private static final Set<String> ERASED_IN_FILMS = Set.of("udta", "meta", "uuid");

    /** Deeper than encoders nest boxes. */
    private static final int DEEPEST = 8;

    private final byte[] box;
    private final ByteBuffer buffer;
    private final Set<Long> erasedItems = new HashSet<>();
    /** In what follows, by where it is in the file. */
    private final Ranges erased = new Ranges();
    /** In the box itself, by where it is there. */
    private final Ranges erasedHere = new Ranges();

    private int dataFrom;
    private int dataTo;

    private HeifDescription(byte[] box) {
        this.box = box;
        this.buffer = ByteBuffer.wrap(box);
    }

    /** Bytes of a file: {@code to} is exclusive. */
    record Range(long from, long to) {

        /** Overwrites what is in both. */
        void erase(byte[] bytes, long position) {
            long begin = Math.max(from, position);
            long end = Math.min(to, position + bytes.length);
            if (begin < end) {
                Arrays.fill(bytes, (int) (begin - position), (int) (end - position), (byte) 0);
            }
        }
    }

    /** As a file may say anything, there may be very many, and all may be the same. */
    private static final class Ranges {

        private static final int FEW = 4096;

        private List<Range> ranges = new ArrayList<>();
        private int most = FEW;

        void add(long from, long to) {
            ranges.add(new Range(from, to));
            if (ranges.size() >= most) {
                most = Math.max(FEW, 2 * merged().size());
            }
        }

        /** In order, and apart from each other. */
        List<Range> merged() {
            ranges.sort(Comparator.comparingLong(Range::from));
            List<Range> merged = new ArrayList<>();
            for (Range range : ranges) {
                Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                if (last == null || range.from() > last.to()) {
                    merged.add(range);
                } else if (range.to() > last.to()) {
                    merged.set(merged.size() - 1, new Range(last.from(), range.to()));
                }
            }
            ranges = merged;
            return merged;
        }
    }

    private interface Visitor {
        /** @param from where the box begins, its content, and where it ends */
        void visit(String type, int from, int content, int to) throws MalformedContentException;
    }

    /**
     * Overwrites what is metadata in the box itself.
     *
     * @param header how long the box's header is
     * @param at where its content is in the file
     * @return what is to be overwritten in what follows, in order and apart from each other
     */
    static List<Range> clean(byte[] box, int header, long at) throws MalformedContentException {
        HeifDescription description = new HeifDescription(box);
        try {
            return description.clean(header, at);
        } catch (IndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    /** Overwrites metadata in the {@code moov} box of a sequence of pictures. */
    static void cleanFilm(byte[] box, int header) throws MalformedContentException {
        try {
            new HeifDescription(box).cleanFilm(header, box.length, 0);
        } catch (IndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    private static MalformedContentException malformed() {
        return new MalformedContentException("the description of the picture cannot be read");
    }

    private List<Range> clean(int header, long at) throws MalformedContentException {
        int[] locations = {0};
        each(header + 4, box.length, (type, from, content, to) -> {
            switch (type) {
                case "iinf" -> items(content, to);
                case "iloc" -> {
                    requireFirst(locations[0]);
                    locations[0] = content;
                }
                case "iprp" -> each(content, to, this::properties);
                case "idat" -> {
                    requireFirst(dataTo);
                    dataFrom = content;
                    dataTo = to;
                }
                default -> {
                    if (!KEPT_BOXES.contains(type)) {
                        erase(from, content, to);
                    }
                }
            }
        });
        if (locations[0] > 0) {
            locations(locations[0], at - header);
        }
        for (Range range : erasedHere.merged()) {
            range.erase(box, 0);
        }
        return erased.merged();
    }

    /** Of what there may be one of: a reader may follow another one than we do. */
    private static void requireFirst(int found) throws MalformedContentException {
        if (found > 0) {
            throw malformed();
        }
    }

    private void each(int from, int to, Visitor visitor) throws MalformedContentException {
        int at = from;
        while (at < to) {
            long size = Integer.toUnsignedLong(buffer.getInt(at));
            int content = at + 8;
            if (size == 1) {
                size = buffer.getLong(content);
                content += 8;
            } else if (size == 0) {
                size = (long) to - at;
            }
            if (size < content - at || size > to - at) {
                throw malformed();
            }
            int end = at + (int) size;
            visitor.visit(new String(box, at + 4, 4, StandardCharsets.ISO_8859_1), at, content, end);
            at = end;
        }
    }

    /** Free space, to readers. */
    private void erase(int from, int content, int to) {
        System.arraycopy(FREE, 0, box, from + 4, 4);
        Arrays.fill(box, content, to, (byte) 0);
    }

    private void properties(String type, int from, int content, int to) throws MalformedContentException {
        if (type.equals("ipco")) {
            each(content, to, (property, begin, inside, end) -> {
                if (ERASED_PROPERTIES.contains(property)) {
                    erase(begin, inside, end);
                }
            });
        }
    }

    private void items(int content, int to) throws MalformedContentException {
        int count = box[content] == 0 ? 2 : 4;
        each(content + 4 + count, to, (type, from, entry, end) -> {
            int version = box[entry];
            int id = entry + 4;
            int itemType = id + (version < 3 ? 2 : 4) + 2;
            boolean isTyped = version >= 2;
            int names = isTyped ? itemType + 4 : itemType;
            if (names > end) {
                throw malformed();
            }
            if (!isTyped || !KEPT_ITEMS.contains(new String(box, itemType, 4, StandardCharsets.ISO_8859_1))) {
                erasedItems.add(
                        version < 3 ? buffer.getShort(id) & 0xffffL : Integer.toUnsignedLong(buffer.getInt(id)));
                if (isTyped) {
                    System.arraycopy(FREE, 0, box, itemType, 4);
                }
            }
            // Names.
            Arrays.fill(box, names, end, (byte) 0);
        });
    }

    /** @param begin where the box begins in the file */
    private void locations(int content, long begin) throws MalformedContentException {
        int version = box[content];
        int sizes = buffer.getShort(content + 4) & (version == 0 ? 0xfff0 : 0xffff);
        if (sizes >> 8 == 0) {
            throw malformed();
        }
        Numbers numbers = new Numbers(content + 6);
        long count = numbers.next(version < 2 ? 2 : 4);
        for (long i = 0; i < count; i++) {
            long id = numbers.next(version < 2 ? 2 : 4);
            long method = version == 0 ? 0 : numbers.next(2) & 0xf;
            long otherFile = numbers.next(2);
            long base = numbers.next(sizes >> 4 & 0xf);
            for (long extents = numbers.next(2); extents > 0; extents--) {
                long unused = numbers.next(sizes & 0xf);
                long offset = base + numbers.next(sizes >> 12);
                long length = numbers.next(sizes >> 8 & 0xf);
                if (erasedItems.contains(id) && otherFile == 0) {
                    erase(method, offset, length, begin);
                }
            }
        }
    }

    private void erase(long method, long offset, long length, long begin) throws MalformedContentException {
        if (method > 1 || offset < 0 || length < 1 || length > Long.MAX_VALUE - offset) {
            throw malformed();
        }
        long from = method == 1 ? dataFrom + offset : offset - begin;
        if (from >= box.length && method == 0) {
            erased.add(offset, offset + length);
        } else if (from >= dataFrom && length <= dataTo - from) {
            erasedHere.add(from, from + length);
        } else {
            throw malformed();
        }
    }

    private void cleanFilm(int from, int to, int depth) throws MalformedContentException {
        if (depth > DEEPEST) {
            throw malformed();
        }
        each(from, to, (type, begin, content, end) -> {
            if (ERASED_IN_FILMS.contains(type)) {
                erase(begin, content, end);
            } else if (FILM_CONTAINERS.contains(type)) {
                cleanFilm(content, end, depth + 1);
            }
        });
    }

    /** Whole numbers one after the other, big-endian, of as many bytes as the file says. */
    private final class Numbers {

        private int at;

        Numbers(int at) {
            this.at = at;
        }

        long next(int bytes) {
            long number = 0;
            for (int i = 0; i < bytes; i++) {
                number = (number << 8) | (buffer.get(at++) & 0xff);
            }
            return number;
        }
    }
}
