package io.graphqlfiles.storage.fs;

import io.graphqlfiles.storage.fs.PartFiles.Part;
import io.graphqlfiles.storage.fs.ReceivedContent.WriteFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Receives one part. It goes to its place in the common content if nobody has been there; otherwise to a file of its
 * own, so that what is whole stays whole until its successor is. A part that comes a second time with the same bytes,
 * as it does when only the answer was lost, is compared and not written.
 *
 * <p>The disk has the bytes before the part counts as whole: an upload goes on after the machine has stopped, and what
 * it finds must be there.
 */
final class PartWriter {

    private static final int BUFFER = 64 * 1024;

    private static final ReentrantLock[] REPLACING =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    private final PartFiles files;
    private final int number;
    private final long offset;
    private final long byteSize;

    /** @param offset where the part has its place in the content */
    PartWriter(PartFiles files, int number, long offset, long byteSize) {
        this.files = files;
        this.number = number;
        this.offset = offset;
        this.byteSize = byteSize;
    }

    /**
     * Receives the bytes.
     *
     * @return the part, whole; null if there are fewer bytes than expected, or more
     * @throws WriteFailedException if the files cannot be written; of a {@link java.nio.file.NoSuchFileException} if
     *     the upload is over
     * @throws IOException the very exception of the stream
     */
    @Nullable
    Part write(InputStream content) throws IOException {
        Part present = present();
        if (present == null && claim()) {
            try {
                // Whoever had the claim before may have made it whole.
                present = present();
                if (present == null) {
                    return writeInPlace(content);
                }
            } finally {
                ofDisk(() -> Files.deleteIfExists(files.claim(number)));
            }
        }
        return present == null ? writeApart(content) : compare(present, content);
    }

    private @Nullable Part present() {
        try {
            return files.part(number);
        } catch (IOException e) {
            throw new WriteFailedException(e);
        }
    }

    private boolean claim() {
        return ofDisk(() -> {
            try {
                Files.createFile(files.claim(number));
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        });
    }

    private @Nullable Part writeInPlace(InputStream content) throws IOException {
        try (PartSink sink = new PartSink(files.content(), offset)) {
            return receive(content, 0, sink) ? replace(sink, RandomIds.next(), true) : null;
        }
    }

    private @Nullable Part writeApart(InputStream content) throws IOException {
        return writeApart(content, sink -> 0L);
    }

    /** @param head writes the bytes that were read from the stream before, and returns how many */
    private @Nullable Part writeApart(InputStream content, Head head) throws IOException {
        Part part = new Part(byteSize, RandomIds.next(), false);
        Path file = files.bytesOf(number, part);
        boolean whole = false;
        try (PartSink sink = new PartSink(file, 0)) {
            whole = receive(content, head.write(sink), sink);
            return whole ? replace(sink, part.version(), false) : null;
        } catch (IOException | RuntimeException e) {
            whole = false;
            throw e;
        } finally {
            if (!whole) {
                ofDisk(() -> Files.deleteIfExists(file));
            }
        }
    }

    private interface Head {
        long write(PartSink sink);
    }

    /** Writes nothing unless the bytes are others than those that are here. */
    private @Nullable Part compare(Part present, InputStream content) throws IOException {
        byte[] buffer = new byte[BUFFER];
        byte[] other = new byte[BUFFER];
        Path file = files.bytesOf(number, present);
        long start = present.inPlace() ? offset : 0;
        RandomAccessFile opened = open(file);
        if (opened == null) {
            return writeApart(content); // another call has replaced the part since this one looked
        }
        try (RandomAccessFile existing = opened) {
            ofDisk(() -> {
                existing.seek(start);
                return true;
            });
            long same = 0;
            while (same < byteSize) {
                int read = content.read(buffer, 0, (int) Math.min(buffer.length, byteSize - same));
                if (read < 0) {
                    return null;
                }
                ofDisk(() -> {
                    existing.readFully(other, 0, read);
                    return true;
                });
                if (!Arrays.equals(buffer, 0, read, other, 0, read)) {
                    long before = same;
                    Part replaced = writeApart(content, sink -> {
                        copy(existing, start, before, sink);
                        sink.write(buffer, read);
                        return before + read;
                    });
                    if (replaced != null && !present.inPlace()) {
                        ofDisk(() -> Files.deleteIfExists(file));
                    }
                    return replaced;
                }
                same += read;
            }
            if (content.read() >= 0) {
                return null;
            }
            files.begin(); // the upload may have ended meanwhile
            return present;
        }
    }

    private static @Nullable RandomAccessFile open(Path file) {
        try {
            return new RandomAccessFile(file.toFile(), "r");
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    private static void copy(RandomAccessFile from, long start, long length, PartSink sink) {
        byte[] buffer = new byte[BUFFER];
        ofDisk(() -> {
            from.seek(start);
            for (long left = length; left > 0; ) {
                int count = (int) Math.min(buffer.length, left);
                from.readFully(buffer, 0, count);
                sink.write(buffer, count);
                left -= count;
            }
            return true;
        });
    }

    /** @return whether exactly the expected number of bytes came; never writes more */
    private boolean receive(InputStream content, long already, PartSink sink) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, byteSize))];
        for (long size = already; size < byteSize; ) {
            int read = content.read(buffer, 0, (int) Math.min(buffer.length, byteSize - size));
            if (read < 0) {
                return false;
            }
            sink.write(buffer, read);
            size += read;
        }
        return content.read() < 0;
    }

    /** What it takes the place of is deleted: clients may send a part as often as they like. */
    private Part replace(PartSink sink, String version, boolean inPlace) {
        // Of two that replaced the same one, the file of the first would stay.
        ReentrantLock lock = REPLACING[Math.floorMod(31 * files.id().hashCode() + number, REPLACING.length)];
        lock.lock();
        try {
            Part before = present();
            Part committed = commit(sink, version, inPlace);
            if (before != null && !before.inPlace()) {
                ofDisk(() -> Files.deleteIfExists(files.bytesOf(number, before)));
            }
            return committed;
        } finally {
            lock.unlock();
        }
    }

    private Part commit(PartSink sink, String version, boolean inPlace) {
        Part part = new Part(byteSize, version, inPlace);
        return ofDisk(() -> {
            sink.sync();
            files.commit(number, part);
            return part;
        });
    }

    private interface DiskAction<T> {
        T run() throws IOException;
    }

    /** Keeps the failures of the disk apart from those of the stream. */
    private static <T> T ofDisk(DiskAction<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new WriteFailedException(e);
        }
    }

    /** Writes from a place in a file on. */
    private static final class PartSink implements AutoCloseable {

        private final RandomAccessFile file;

        PartSink(Path path, long offset) {
            this.file = ofDisk(() -> {
                // Not a FileChannel: an interrupt would close it in the middle of a write.
                RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
                opened.seek(offset);
                return opened;
            });
        }

        void write(byte[] buffer, int length) {
            ofDisk(() -> {
                file.write(buffer, 0, length);
                return true;
            });
        }

        void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() {
            ofDisk(() -> {
                file.close();
                return true;
            });
        }
    }
}
