package io.graphqlfiles.internal.mime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells compound files (OLE, [MS-CFB]) apart by the names of the streams at their root: older office documents, mails
 * of Outlook, installers, and office packages that are encrypted.
 */
final class OleContent {

    static final String TYPE = "application/x-ole-storage";

    private static final long SIGNATURE = 0xe11ab1a1e011cfd0L;
    private static final int HEADER = 512;
    private static final int FAT_SECTORS_IN_HEADER = 109;
    private static final int FAT_LIST_AT = 0x4c;
    private static final int ENTRY = 128;
    private static final int MAX_ENTRIES = 512;
    /** {000C1084-0000-0000-C000-000000000046}, of Windows Installer, as it lies in the file. */
    private static final long INSTALLER_CLASS = 0x00000000000c1084L;

    private final @Nullable String type;
    private final boolean mayBeEncrypted;
    private final boolean isEncrypted;

    private OleContent(@Nullable String type, boolean mayBeEncrypted, boolean isEncrypted) {
        this.type = type;
        this.mayBeEncrypted = mayBeEncrypted;
        this.isEncrypted = isEncrypted;
    }

    static OleContent of(byte[] prefix, int length) {
        Directory directory = Directory.of(prefix, length);
        if (directory == null) {
            return new OleContent(null, true, false);
        }
        Set<String> names = directory.namesAtTheRoot();
        if (names.contains("EncryptedPackage")) {
            return new OleContent(null, true, true);
        }
        String type = type(names);
        return new OleContent(
                type == null && directory.isInstaller() ? "application/x-ms-installer" : type, false, false);
    }

    /** The type; null if nothing says it. */
    @Nullable
    String type() {
        return type;
    }

    /** Returns whether this is an encrypted office package, or its directory lies too far behind to know. */
    boolean mayBeEncrypted() {
        return mayBeEncrypted;
    }

    /** Returns whether this is an encrypted office package for certain. */
    boolean isEncrypted() {
        return isEncrypted;
    }

    private static @Nullable String type(Set<String> names) {
        if (names.contains("WordDocument")) {
            return "application/msword";
        }
        if (names.contains("PowerPoint Document")) {
            return "application/vnd.ms-powerpoint";
        }
        if (names.contains("Workbook") || names.contains("Book")) {
            return "application/vnd.ms-excel";
        }
        if (names.contains("FileHeader") && names.contains("DocInfo")) {
            return "application/x-hwp-v5";
        }
        if (names.contains("VisioDocument")) {
            return "application/vnd.visio";
        }
        if (names.contains("__properties_version1.0") || names.contains("__nameid_version1.0")) {
            return "application/vnd.ms-outlook";
        }
        return null;
    }

    /**
     * The directory: entries of 128 bytes in a chain of sectors. The chain is followed once, before any entry is looked
     * for: numbers of entries come from the file, and following it for each could take hours.
     */
    private static final class Directory {

        private final ByteBuffer bytes;
        private final int sectorShift;
        private final int[] sectors;

        private Directory(ByteBuffer bytes, int sectorShift) {
            this.bytes = bytes;
            this.sectorShift = sectorShift;
            this.sectors = chain(bytes.getInt(0x30));
        }

        /** Null if there is none within the prefix. */
        static @Nullable Directory of(byte[] prefix, int length) {
            ByteBuffer bytes = ByteBuffer.wrap(prefix, 0, length).order(ByteOrder.LITTLE_ENDIAN);
            if (length < HEADER || bytes.getLong(0) != SIGNATURE) {
                return null;
            }
            int sectorShift = bytes.getShort(0x1e);
            if (sectorShift != 9 && sectorShift != 12) {
                return null;
            }
            Directory directory = new Directory(bytes, sectorShift);
            return directory.entryAt(0) < 0 ? null : directory;
        }

        boolean isInstaller() {
            return bytes.getLong(entryAt(0) + 0x50) == INSTALLER_CLASS;
        }

        /** The children of the root entry are a tree of left and right siblings. */
        Set<String> namesAtTheRoot() {
            Set<String> names = new HashSet<>();
            Set<Integer> seen = new HashSet<>();
            Deque<Integer> next = new ArrayDeque<>();
            next.add(bytes.getInt(entryAt(0) + 0x4c));
            while (!next.isEmpty() && seen.size() < MAX_ENTRIES) {
                int id = next.remove();
                int entry = id < 0 || !seen.add(id) ? -1 : entryAt(id);
                if (entry >= 0) {
                    names.add(name(entry));
                    next.add(bytes.getInt(entry + 0x44));
                    next.add(bytes.getInt(entry + 0x48));
                }
            }
            return names;
        }

        private String name(int entry) {
            int length = Math.max(0, Math.min(64, bytes.getShort(entry + 0x40)) - 2);
            return StandardCharsets.UTF_16LE.decode(bytes.slice(entry, length)).toString();
        }

        /** Where a directory entry stands; -1 if that is not within the prefix. */
        private int entryAt(int id) {
            int perSector = (1 << sectorShift) / ENTRY;
            int index = id / perSector;
            int at = index < sectors.length ? at(sectors[index]) : -1;
            return at < 0 ? -1 : at + id % perSector * ENTRY;
        }

        /** As far as it can be followed within the prefix; it ends where it would come back to itself. */
        private int[] chain(int first) {
            Set<Integer> chain = new LinkedHashSet<>();
            for (int sector = first; sector >= 0 && chain.add(sector); sector = following(sector)) {
                // The condition has added it.
            }
            return chain.stream().mapToInt(Integer::intValue).toArray();
        }

        /** The next sector of a chain; -1 if the prefix does not contain it. */
        private int following(int sector) {
            int perSector = (1 << sectorShift) / Integer.BYTES;
            int table = sector / perSector;
            int at = table < FAT_SECTORS_IN_HEADER ? at(bytes.getInt(FAT_LIST_AT + table * Integer.BYTES)) : -1;
            return at < 0 ? -1 : bytes.getInt(at + sector % perSector * Integer.BYTES);
        }

        private int at(int sector) {
            long at = sector < 0 ? -1 : (sector + 1L) << sectorShift;
            return at < 0 || at + (1 << sectorShift) > bytes.limit() ? -1 : (int) at;
        }
    }
}
