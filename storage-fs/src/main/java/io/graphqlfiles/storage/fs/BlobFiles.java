package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Reads and writes the files of a blob. Follows no symbolic link. */
final class BlobFiles {

    private BlobFiles() {}

    static void writeFacts(Path facts, BlobInfo info) throws IOException {
        Files.write(facts, BlobFacts.format(info), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Reads what is known of a blob in two files.
     *
     * @param key of the blob; null for the one that is in the file
     * @throws NoSuchFileException if there is no such blob
     * @throws MalformedFactsException if the file was not written to its end, or by somebody else
     */
    static BlobInfo readFacts(Path facts, @Nullable String key) throws IOException {
        try (InputStream in = Files.newInputStream(facts, LinkOption.NOFOLLOW_LINKS)) {
            return BlobFacts.parse(key, in.readNBytes(BlobFacts.MAX_BYTES));
        }
    }

    /**
     * Whether there is something by that name. Follows links, unlike all else here: nothing is opened, and this way
     * most versions of the JDK make no exception, with its stack trace, of the usual answer.
     */
    static boolean exists(Path file) {
        return Files.exists(file);
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
     * @throws NoSuchFileException if this version is gone
     */
    static @Nullable InputStream openContent(Path content, long size, ByteRange range) throws IOException {
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

    /** Waits until the disk has the file. */
    static void force(Path file) throws IOException {
        // Windows flushes only what is open for writing.
        force(file, StandardOpenOption.WRITE);
    }

    /** Waits until the disk has the entries of the directory, where the system lets somebody wait for them. */
    static void forceDirectory(Path directory) throws IOException {
        // Windows opens no directories, and keeps a journal of them.
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            force(directory, StandardOpenOption.READ);
        }
    }

    /** Neither notices an interrupt, which would close the channel, nor clears it. */
    private static void force(Path path, OpenOption option) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(path, option, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
