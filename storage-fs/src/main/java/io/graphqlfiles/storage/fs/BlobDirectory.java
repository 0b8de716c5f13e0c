package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The directory of one blob: its bytes as they came, in {@code content}, and what is known of them, in {@code facts}. */
final class BlobDirectory {

    private BlobDirectory() {}

    static Path content(Path directory) {
        return directory.resolve("content");
    }

    private static Path facts(Path directory) {
        return directory.resolve("facts");
    }

    static void writeFacts(Path directory, BlobInfo info) throws IOException {
        Files.write(facts(directory), BlobFacts.format(info), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Reads what is known of a blob.
     *
     * @throws NoSuchFileException if there is no such blob
     * @throws MalformedFactsException if somebody else has written there
     */
    static BlobInfo readFacts(Path directory, String key) throws IOException {
        BlobPaths.requireRealDirectory(directory);
        try (var in = Files.newInputStream(facts(directory), LinkOption.NOFOLLOW_LINKS)) {
            return BlobFacts.parse(key, in.readNBytes(BlobFacts.MAX_BYTES));
        }
    }

    /** What the file system alone knows of a blob; for one whose facts cannot be read and that must be listed all the same. */
    static BlobInfo guessFacts(Path directory, String key) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(content(directory), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return BlobInfo.newBlobInfo(
                        key, attributes.size(), attributes.lastModifiedTime().toInstant())
                .build();
    }

    /**
     * Removes a directory that is out of sight, with what is in it. Harmless if another process does the same.
     *
     * @return whether it was this call that removed it
     */
    static boolean remove(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException alreadyGone) {
                return false;
            }
        }
        return Files.deleteIfExists(directory);
    }

    static boolean isOfSize(Path content, long size) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(content, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile() && attributes.size() == size;
    }

    /**
     * Opens the bytes.
     *
     * @return null if the file is not of the size that the facts say
     */
    static @Nullable InputStream openContent(Path directory, long size, ByteRange range) throws IOException {
        Path content = content(directory);
        InputStream file = Files.newInputStream(content, LinkOption.NOFOLLOW_LINKS);
        try {
            if (isOfSize(content, size)) {
                long offset = Math.min(range.offset(), size);
                file.skipNBytes(offset);
                InputStream part = new BlobInputStream(file, Math.min(range.length(), size - offset));
                file = InputStream.nullInputStream();
                return part;
            }
        } finally {
            file.close();
        }
        return null;
    }

    /** Waits until the disk has all of the directory. */
    static void force(Path directory) throws IOException {
        forceOne(content(directory));
        forceOne(facts(directory));
        forceOne(directory);
    }

    /** Waits until the disk has the file, or the entries of the directory. */
    static void forceOne(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }
}
