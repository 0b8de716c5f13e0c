package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a blob, in an extended attribute of the file that holds its bytes. On Linux the system's name of it
 * is {@code user.graphql-files}.
 */
final class FactsAttribute {

    static final String NAME = "graphql-files";
    /** ext4 has about 4 KiB for all attributes of a file, others more. */
    private static final int MAX_BYTES = 2 * 1024;

    private FactsAttribute() {}

    /** Whether the file system of a directory says that it has such attributes. */
    static boolean isSupported(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView(UserDefinedFileAttributeView.class);
    }

    /**
     * Writes what is known of a blob.
     *
     * @return false if the file cannot have them: the file system has no such attributes, or no room for these facts
     */
    static boolean write(Path file, BlobInfo info) {
        byte[] facts = BlobFacts.format(info);
        UserDefinedFileAttributeView view = view(file);
        if (view == null || facts.length > MAX_BYTES) {
            return false;
        }
        try {
            view.write(NAME, ByteBuffer.wrap(facts));
            return true;
        } catch (IOException e) {
            // Systems differ in how they say it. If it is the disk that fails, a file of facts fails as well.
            return false;
        }
    }

    /**
     * Reads what is known of a blob. Of one whose attribute is lost, as tools lose it that copy the bytes alone, it is
     * what the file itself says: such a blob is served as a download of unknown type.
     *
     * @param key of the blob; null for the one that is in the attribute
     * @return null if there is no such file
     * @throws MalformedFactsException if the attribute is by somebody else, or lost and no key was given
     */
    static @Nullable BlobInfo read(Path file, @Nullable String key) throws IOException {
        UserDefinedFileAttributeView view = view(file);
        ByteBuffer facts = ByteBuffer.allocate(MAX_BYTES);
        try {
            if (view != null) {
                view.read(NAME, facts);
                return BlobFacts.parse(key, Arrays.copyOf(facts.array(), facts.position()));
            }
        } catch (NoSuchFileException e) {
            return null;
        } catch (MalformedFactsException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || view.list().contains(NAME)) {
                throw e;
            }
        }
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        if (key != null && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return ofBytesAlone(file, key);
        }
        throw new MalformedFactsException("facts: expected the extended attribute " + NAME + " of " + file.getFileName()
                + ", found none; was the file copied without its attributes?");
    }

    private static BlobInfo ofBytesAlone(Path file, String key) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant modified = attributes.lastModifiedTime().toInstant();
        // Content files are never written again, so that time and length are the same as long as the file is.
        String version = String.format(
                Locale.ROOT, "%016x%08x%08x", modified.getEpochSecond(), modified.getNano(), (int) attributes.size());
        return BlobInfo.newBlobInfo(key, attributes.size(), modified)
                .version(version)
                .build();
    }

    private static @Nullable UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
