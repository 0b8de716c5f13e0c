package io.graphqlfiles.internal.body;

import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one temporary file of a request, which most requests never need: what waits lies in it one behind the other. Only
 * its owner may open it, and where the system permits (Linux, macOS) it has no name from the start, so that not even a
 * killed process leaves it behind. Writing is for one thread at a time; reading is for any.
 */
public final class Spool implements Closeable {

    private static final Set<OpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final SpoolSpace space;
    private final long maxBytes;
    private volatile @Nullable FileChannel channel;
    private long end;
    /** Of the shared room; the file does not shrink before it is closed. */
    private long taken;

    private boolean closed;

    public Spool(SpoolSpace space, long maxBytes) {
        this.space = space;
        this.maxBytes = maxBytes;
    }

    /** What has become of bytes for the spool. */
    public enum Appended {
        WRITTEN,
        /** More than its request may have in it. */
        TOO_MUCH,
        /** All requests together have no more room, for now. */
        NO_ROOM
    }

    /** An empty segment behind all others, to be filled before the next one begins. */
    public Segment begin() {
        return new Segment(end);
    }

    /** Not while another thread writes; who reads meanwhile, or later, gets an exception. */
    @Override
    public void close() throws IOException {
        closed = true;
        space.giveBack(taken);
        taken = 0;
        FileChannel open = channel;
        if (open != null) {
            open.close();
        }
    }

    private Appended reserve(int count) {
        if (count > maxBytes - end) {
            return Appended.TOO_MUCH;
        }
        long more = Math.max(0, end + count - taken);
        if (!space.take(more)) {
            return Appended.NO_ROOM;
        }
        taken += more;
        return Appended.WRITTEN;
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            if (closed) {
                throw new ClosedChannelException();
            }
            Path file = space.directory().resolve("graphql-files-" + UUID.randomUUID() + ".part");
            boolean posix =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] attributes = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            open = FileChannel.open(file, OPTIONS, attributes);
            channel = open;
        }
        return open;
    }

    /** The bytes of one part, or of the rest of one. */
    public final class Segment {

        private final long start;
        private long length;

        private Segment(long start) {
            this.start = start;
        }

        /** All of them, or none. */
        public Appended append(byte[] bytes, int count) throws IOException {
            Appended reserved = reserve(count);
            if (reserved != Appended.WRITTEN) {
                return reserved;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                int written = channel().write(buffer, end);
                end += written;
                length += written;
            }
            return Appended.WRITTEN;
        }

        /** Gives the space back. Only for the last segment. */
        public void discard() {
            end = start;
            length = 0;
        }

        /** What was appended, from its start; for as long as the spool is open. */
        public InputStream open() {
            return new BulkInputStream() {
                private long position;

                @Override
                public int read(byte[] target, int offset, int count) throws IOException {
                    int n = Segment.this.read(position, target, offset, count);
                    position += Math.max(n, 0);
                    return n;
                }
            };
        }

        /** From that position of the segment; -1 at its end. */
        public int read(long position, byte[] target, int offset, int count) throws IOException {
            if (position >= length) {
                return -1;
            }
            int most = (int) Math.min(count, length - position);
            return channel().read(ByteBuffer.wrap(target, offset, most), start + position);
        }
    }
}
