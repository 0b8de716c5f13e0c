package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
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
     * Reads what is known of a blob.
     *
     * @param key of the blob; null for the one that stands in the attribute
     * @return null if there is no such file
     * @throws MalformedFactsException if the file has no such attribute, or one by somebody else
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
        throw new MalformedFactsException("facts: expected the extended attribute " + NAME + " of " + file.getFileName()
                + ", found none; was the file copied without its attributes?");
    }

    private static @Nullable UserDefinedFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
