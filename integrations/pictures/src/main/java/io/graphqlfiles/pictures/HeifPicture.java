package io.graphqlfiles.pictures;

import com.drew.imaging.heif.HeifHandler;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.lang.SequentialReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.heif.HeifDirectory;
import com.drew.metadata.heif.boxes.Box;
import io.graphqlfiles.spi.media.MalformedContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The primary picture of a HEIC, HEIF or AVIF (ISO/IEC 23008-12, section 9.3): its properties are those that the
 * container associates with it. The library's own handler takes the first size that it finds, which for pictures of
 * phones is that of a tile. One use.
 */
final class HeifPicture extends HeifHandler<HeifDirectory> {

    /** The bits that an association has for the index of its property (section 9.3.2). */
    private static final int MOST_PROPERTIES = 0x7fff;

    /** How many items may come before the primary one is known: a picture of a gigapixel has a thousand tiles. */
    private static final int MOST_ITEMS = 4096;

    /** As many as an entry can have. */
    private static final int MOST_INDEXES = 255;

    private static final int HEADER = 8;

    private final long largest;
    private final Set<String> entered = new HashSet<>();
    private final Map<Integer, Property> properties = new HashMap<>();
    private final Map<Long, List<Integer>> associations = new HashMap<>();
    private int boxesInProperties;
    private boolean isInProperties;
    private boolean isBroken;
    private @Nullable Long primary;

    /**
     * What a property says.
     *
     * @param size null if it is about something else
     * @param isTurned whether it turns the picture on its side
     */
    private record Property(Headers.@Nullable Header size, boolean isTurned) {}

    /** @param largest of boxes that are read, in bytes, inclusive */
    HeifPicture(long largest) {
        super(new Metadata());
        this.largest = largest;
    }

    /** How it is stored and shown; null if the container does not say it. */
    Headers.@Nullable Header header() {
        Headers.Header size = null;
        boolean isOnItsSide = false;
        for (int index : primary == null ? List.<Integer>of() : associations.getOrDefault(primary, List.of())) {
            Property property = properties.get(index);
            if (property != null) {
                size = size == null ? property.size() : size;
                isOnItsSide ^= property.isTurned();
            }
        }
        return size == null ? null : new Headers.Header(size.width(), size.height(), isOnItsSide);
    }

    private static Headers.@Nullable Header size(byte[] payload) {
        if (payload.length < 12) {
            return null;
        }
        long width = StrippedContent.unsigned(payload, 4, true);
        long height = StrippedContent.unsigned(payload, 8, true);
        return width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE
                ? null
                : new Headers.Header((int) width, (int) height, false);
    }

    /**
     * Each once, so that a file cannot make the reader call itself any number of times. And what is shorter than its
     * own header, as the reader would go back for it, which is no I/O exception: {@link #processContainer} ends it.
     */
    @Override
    protected boolean shouldAcceptContainer(Box box) {
        isBroken |= box.size > 0 && box.size < HEADER;
        if (isBroken) {
            return true;
        }
        boolean isEntered = switch (box.type) {
            case "meta" -> entered.isEmpty();
            case "iprp" -> entered.size() == 1;
            case "ipco" -> entered.size() == 2;
            default -> false;
        };
        if (isEntered) {
            entered.add(box.type);
            isInProperties = box.type.equals("ipco");
        }
        return isEntered;
    }

    @Override
    protected void processContainer(Box box, SequentialReader reader) throws IOException {
        if (isBroken) {
            throw new MalformedContentException("a box is shorter than its header");
        }
        if (box.type.equals("meta")) {
            // Version and flags.
            reader.getUInt32();
        }
    }

    @Override
    protected boolean shouldAcceptBox(Box box) {
        if (box.type.equals("ipma")) {
            isInProperties = false;
        } else if (isInProperties) {
            boxesInProperties++;
        }
        boolean isWanted = switch (box.type) {
            case "pitm", "ipma" -> true;
            case "ispe", "irot" -> isInProperties && boxesInProperties <= MOST_PROPERTIES;
            default -> false;
        };
        return isWanted && box.size >= HEADER && box.size <= largest;
    }

    @Override
    protected HeifHandler<?> processBox(Box box, byte[] payload) throws IOException {
        SequentialReader reader = new SequentialByteArrayReader(payload);
        switch (box.type) {
            case "pitm" -> {
                long id = id(reader, reader.getUInt32() >>> 24 == 0);
                // There is one. What was read of others is gone.
                primary = primary == null ? Long.valueOf(id) : primary;
            }
            case "ipma" -> associate(reader);
            case "ispe" -> properties.put(boxesInProperties, new Property(size(payload), false));
            // In quarters of a turn (section 6.5.10). It counts, and not the orientation of EXIF.
            default -> properties.put(boxesInProperties, new Property(null, (reader.getUInt8() & 1) == 1));
        }
        return this;
    }

    /** Of all items, as the primary one may be named later, but not of any number of them. */
    private void associate(SequentialReader reader) throws IOException {
        long begin = reader.getUInt32();
        boolean isShort = begin >>> 24 == 0;
        boolean isWide = (begin & 1) == 1;
        for (long count = reader.getUInt32(); count > 0; count--) {
            long id = id(reader, isShort);
            int indexes = reader.getUInt8();
            if (!isKept(id)) {
                reader.skip(isWide ? 2L * indexes : indexes);
                continue;
            }
            List<Integer> kept = associations.computeIfAbsent(id, any -> new ArrayList<>(indexes));
            for (int i = 0; i < indexes; i++) {
                // The first bit says whether a reader must know the property.
                int index = isWide ? reader.getUInt16() & MOST_PROPERTIES : reader.getUInt8() & 0x7f;
                if (kept.size() < MOST_INDEXES) {
                    kept.add(index);
                }
            }
        }
    }

    private boolean isKept(long id) {
        if (primary != null) {
            return id == primary;
        }
        return associations.size() < MOST_ITEMS || associations.containsKey(id);
    }

    private static long id(SequentialReader reader, boolean isShort) throws IOException {
        return isShort ? reader.getUInt16() : reader.getUInt32();
    }

    @Override
    protected HeifDirectory getDirectory() {
        return new HeifDirectory();
    }
}
