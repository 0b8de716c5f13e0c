package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.FileErrorCode.FILE_SERVER_BUSY;
import static io.graphqlfiles.FileErrorCode.FILE_STORE_UNAVAILABLE;
import static io.graphqlfiles.FileErrorCode.FILE_TOO_LARGE;
import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_MISSING;
import static java.util.Objects.requireNonNull;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.internal.body.Drain;
import io.graphqlfiles.internal.body.SlowClientException;
import io.graphqlfiles.internal.body.Spool;
import io.graphqlfiles.internal.body.SpoolSpace;
import io.graphqlfiles.internal.body.UploadAbortedException;
import io.graphqlfiles.internal.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one multipart request, shared by all who read its parts.
 *
 * <p>The parts come over one wire, in the client's order; data fetchers ask for them in theirs, perhaps from several
 * threads. One lock orders them. Whoever asks for the part that is arriving reads it off the wire. Whoever asks for a
 * later part first moves what is left of earlier ones out of the way: into the spool if somebody may still want it,
 * else nowhere. A reader whose part was moved under it goes on from the spool. So nobody ever waits for another reader
 * to make progress, only for the client.
 *
 * <p>A part for several places is spooled whole before the first of them is read.
 *
 * <p>When the wire breaks, everything that is not in the spool by then is lost for all.
 */
final class MultipartBody {

    private static final Logger LOG = LoggerFactory.getLogger(MultipartBody.class);

    /** Parts that the map does not name: a browser's form may bring some, an attacker thousands. */
    private static final int MAX_SKIPPED_PARTS = 100;

    private static final int CHUNK = 16 * 1024;

    private final InputStream in;
    private final FileLimits limits;
    private final LongSupplier nanoClock;
    private final MultipartParser parser;
    private final Spool spool;
    private final ReentrantLock lock = new ReentrantLock();

    private Map<String, FilePart> parts = Map.of();
    private @Nullable FilePart arriving;
    private int skippedParts;
    private long receivedBytes;
    private boolean ended;
    private @Nullable IOException broken;
    private @Nullable FileException refused;
    private volatile boolean closed;

    /** Reads nothing yet. The stream stays open. */
    MultipartBody(InputStream in, String boundary, FileLimits limits, SpoolSpace spools, LongSupplier nanoClock) {
        this.in = in;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.parser = new MultipartParser(new WhileOpen(), boundary);
        this.spool = new Spool(spools, limits.spooledBytes().bytes());
    }

    /**
     * The next part, which must have that name, as bytes.
     *
     * @throws io.graphqlfiles.server.MultipartRequestException if it has not, or is too large, or the body is malformed
     */
    byte[] readText(String name, ByteSize limit) throws IOException {
        lock.lock();
        try {
            PartHeader header = parser.nextPart();
            if (header == null || !header.name().equals(name)) {
                throw MultipartRefusals.badRequest("Expected the part \"" + name + "\" "
                        + (name.equals("operations") ? "first" : "behind \"operations\"") + ", found "
                        + (header == null ? "no more parts" : MultipartRefusals.quote(header.name())));
            }
            byte[] text = new byte[1024];
            int length = 0;
            for (int n; (n = parser.read(text, length, text.length - length)) >= 0; ) {
                length += n;
                if (length > limit.bytes()) {
                    throw MultipartRefusals.tooLarge(
                            "Expected the part \"" + name + "\" to have at most " + limit + ", found more");
                }
                if (length == text.length) {
                    text = Arrays.copyOf(text, text.length * 2);
                }
            }
            return Arrays.copyOf(text, length);
        } catch (MalformedMultipartException | TruncatedMultipartException e) {
            throw MultipartRefusals.badRequest("Malformed multipart request: " + e.getMessage());
        } catch (SlowClientException e) {
            broken = e; // the rest comes no faster
            throw MultipartRefusals.tooSlow(e.getMessage());
        } catch (IOException e) {
            broken = e; // nor would it be waited for again
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Names the parts that may be read from now on. */
    void expect(List<FilePart> expected) {
        Map<String, FilePart> byName = new HashMap<>();
        expected.forEach(part -> byName.put(part.name(), part));
        lock.lock();
        try {
            parts = byName;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the closing boundary has been seen. */
    boolean isAtEnd() {
        lock.lock();
        try {
            return parser.isAtEnd();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the part's header has been read. */
    PartHeader header(FilePart part) throws IOException {
        lock.lock();
        try {
            return locate(part);
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the part's first bytes can be read. One call for each place that the part has. */
    void open(FilePart part) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw endedRequest();
            }
            locate(part);
            if (part.isForSeveralPlaces() && part == arriving) {
                settle(part);
            }
            part.check();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads on.
     *
     * @return how many bytes, from the wire; -1 at the end; 0 if they are in the spool: call {@link #readSpooled}
     */
    int read(FilePart part, byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            part.check();
            return switch (part.state) {
                case ARRIVING -> pull(part, target, offset, length);
                case SPOOLED -> 0;
                case READ -> -1;
                case AWAITED -> throw new IllegalStateException("not opened");
            };
        } finally {
            lock.unlock();
        }
    }

    /** Reads from the spool at that position; -1 at the end. Needs no lock: what lies in the spool does not change. */
    int readSpooled(FilePart part, long position, byte[] target, int offset, int length) throws IOException {
        try {
            return requireNonNull(part.segment).read(position, target, offset, length);
        } catch (IOException e) {
            if (closed) {
                throw endedRequest();
            }
            // Not the client's: its bytes have come.
            LOG.error("A part of a multipart request could not be read from its temporary file", e);
            throw new FileException(FILE_STORE_UNAVAILABLE, "The file could not be kept until it is needed.");
        }
    }

    /** Its reader wants no more of the part. */
    void abandon(FilePart part) {
        if (!part.isForSeveralPlaces()) {
            lock.lock();
            try {
                part.abandoned = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Frees everything, and reads what is left of the body within the limits, so that the client gets to read its
     * answer. Who still reads a part gets an {@link UploadAbortedException}. Blocks; harmless when repeated.
     */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        // Waits for a reader inside the container's stream, which must not be used when the request is over.
        lock.lock();
        try {
            closeSpool();
            if (broken == null) {
                Drain.drain(in, limits, nanoClock);
            }
        } finally {
            lock.unlock();
        }
    }

    private void closeSpool() {
        try {
            spool.close();
        } catch (IOException e) {
            LOG.debug("A temporary file could not be closed", e);
        }
    }

    private PartHeader locate(FilePart part) throws IOException {
        while (part.state == FilePart.State.AWAITED) {
            checkUsable();
            if (arriving != null) {
                settle(arriving);
            }
            PartHeader header = nextHeader();
            if (header == null) {
                throw new FileException(
                        FILE_UPLOAD_MISSING,
                        "The request has no part " + MultipartRefusals.quote(part.name()) + ", which its map names.");
            }
            arrive(header);
        }
        return requireNonNull(part.header);
    }

    private void arrive(PartHeader header) throws IOException {
        FilePart part = parts.get(header.name());
        if (part == null) {
            skippedParts++;
            if (skippedParts > MAX_SKIPPED_PARTS) {
                throw refuse("The request has more than " + MAX_SKIPPED_PARTS + " parts that its map does not name.");
            }
            skip();
        } else if (part.state != FilePart.State.AWAITED) {
            throw refuse("The request has more than one part " + MultipartRefusals.quote(part.name()) + ".");
        } else {
            part.header = header;
            part.state = FilePart.State.ARRIVING;
            arriving = part;
        }
    }

    private @Nullable PartHeader nextHeader() throws IOException {
        try {
            PartHeader header = ended ? null : parser.nextPart();
            ended = header == null;
            return header;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Moves what is left of the arriving part off the wire. */
    private void settle(FilePart part) throws IOException {
        if (part.isWanted()) {
            spool(part);
        }
        if (part.state == FilePart.State.ARRIVING) {
            skip();
            part.state = FilePart.State.READ;
        }
        arriving = null;
    }

    private void spool(FilePart part) throws IOException {
        Spool.Segment segment = spool.begin();
        byte[] chunk = new byte[CHUNK];
        while (part.isWanted()) {
            int n = receive(part, chunk, 0, chunk.length);
            if (n < 0) {
                part.segment = segment;
                part.state = FilePart.State.SPOOLED;
                return;
            }
            if (part.isWanted()) {
                append(part, segment, chunk, n);
            }
        }
        segment.discard();
    }

    private static void append(FilePart part, Spool.Segment segment, byte[] chunk, int length) {
        try {
            switch (segment.append(chunk, length)) {
                case WRITTEN -> {
                    // As it should be.
                }
                case TOO_MUCH ->
                    part.fail(
                            FILE_TOO_LARGE,
                            "The file must wait for another one and is too large for that: send the parts in the order in"
                                    + " which the operation uses them, and each for one place.");
                case NO_ROOM ->
                    part.fail(
                            FILE_SERVER_BUSY,
                            "The file must wait for another one, and the server has no room for it now; try again"
                                    + " later, or send the parts in the order in which the operation uses them.");
            }
        } catch (IOException e) {
            LOG.error("A part of a multipart request could not be written to a temporary file", e);
            part.fail(FILE_STORE_UNAVAILABLE, "The file could not be kept until it is needed.");
        }
    }

    private int pull(FilePart part, byte[] target, int offset, int length) throws IOException {
        checkUsable();
        int n = receive(part, target, offset, length);
        if (n < 0) {
            part.state = FilePart.State.READ;
            arriving = null;
        }
        part.check();
        return n;
    }

    /** Bytes of the arriving part, counted; the part fails if there are too many. */
    private int receive(FilePart part, byte[] target, int offset, int length) throws IOException {
        try {
            int n = parser.read(target, offset, length);
            if (n > 0) {
                count(n);
                part.received += n;
                if (part.received > limits.file().bytes()) {
                    part.fail(this::tooLarge);
                }
            }
            return n;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private FileException tooLarge() {
        return new FileException(
                        FILE_TOO_LARGE,
                        "The file is too large: at most " + limits.file() + " can be uploaded this way.")
                .with("maxByteSize", limits.file().bytes());
    }

    private void skip() throws IOException {
        try {
            for (int n = parser.skip(); n >= 0; n = parser.skip()) {
                count(n);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void count(int bytes) {
        receivedBytes += bytes;
        if (receivedBytes > limits.bytesPerRequest().bytes()) {
            refused = new FileException(
                            FILE_TOO_LARGE,
                            "The files of the request are too large together: at most " + limits.bytesPerRequest()
                                    + " can be uploaded this way.")
                    .with("maxByteSize", limits.bytesPerRequest().bytes());
            throw refused;
        }
    }

    private FileException refuse(String message) {
        refused = new FileException(FILE_UPLOAD_MISSING, message);
        return refused;
    }

    private void checkUsable() throws IOException {
        if (closed) {
            throw endedRequest();
        }
        if (refused != null) {
            throw copyOf(refused);
        }
        if (broken != null) {
            throw failed(broken);
        }
    }

    /** One of its own for each reader: exceptions that are thrown twice gather what was suppressed at either place. */
    private static FileException copyOf(FileException refusal) {
        FileException same = new FileException(refusal.code(), refusal.getMessage(), refusal.getCause());
        refusal.details().forEach(same::with);
        return same;
    }

    private IOException failed(IOException cause) {
        if (cause instanceof MalformedMultipartException) {
            throw refuse("The multipart body is malformed: " + cause.getMessage() + ".");
        }
        broken = cause;
        return cause instanceof UploadAbortedException ? cause : new UploadAbortedException(cause);
    }

    private static UploadAbortedException endedRequest() {
        return new UploadAbortedException("The request of the upload has ended");
    }

    /** The container's stream, out of reach as soon as the request is over. */
    private final class WhileOpen extends BulkInputStream {

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (closed) {
                throw endedRequest();
            }
            return in.read(target, offset, length);
        }
    }
}
