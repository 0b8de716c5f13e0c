package io.graphqlfiles.pictures;

import com.drew.imaging.heif.HeifHandler;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.lang.SequentialReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.heif.HeifDirectory;
import com.drew.metadata.heif.boxes.Box;
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

    private final long largest;
    private final Set<String> entered = new HashSet<>();
    private final Map<Integer, Property> properties = new HashMap<>();
    private final Map<Long, List<Integer>> associations = new HashMap<>();
    private int boxesInProperties;
    private boolean isInProperties;
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

    /** Each once, so that a file cannot make the reader call itself any number of times. */
    @Override
    protected boolean shouldAcceptContainer(Box box) {
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
            case "ispe", "irot" -> isInProperties;
            default -> false;
        };
        return isWanted && box.size >= 8 && box.size <= largest;
    }

    @Override
    protected HeifHandler<?> processBox(Box box, byte[] payload) throws IOException {
        SequentialReader reader = new SequentialByteArrayReader(payload);
        switch (box.type) {
            case "pitm" -> primary = id(reader, reader.getUInt32() >>> 24 == 0);
            case "ipma" -> associate(reader);
            case "ispe" -> properties.put(boxesInProperties, new Property(size(payload), false));
            // In quarters of a turn (section 6.5.10). It counts, and not the orientation of EXIF.
            default -> properties.put(boxesInProperties, new Property(null, (reader.getUInt8() & 1) == 1));
        }
        return this;
    }

    private void associate(SequentialReader reader) throws IOException {
        long begin = reader.getUInt32();
        boolean isShort = begin >>> 24 == 0;
        boolean isWide = (begin & 1) == 1;
        for (long count = reader.getUInt32(); count > 0; count--) {
            List<Integer> indexes = associations.computeIfAbsent(id(reader, isShort), id -> new ArrayList<>());
            for (int n = reader.getUInt8(); n > 0; n--) {
                // The first bit says whether a reader must know the property.
                indexes.add(isWide ? reader.getUInt16() & 0x7fff : reader.getUInt8() & 0x7f);
            }
        }
    }

    private static long id(SequentialReader reader, boolean isShort) throws IOException {
        return isShort ? reader.getUInt16() : reader.getUInt32();
    }

    @Override
    protected HeifDirectory getDirectory() {
        return new HeifDirectory();
    }
}
