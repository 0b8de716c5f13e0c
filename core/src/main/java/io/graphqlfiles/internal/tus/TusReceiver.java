package io.graphqlfiles.internal.tus;

import io.graphqlfiles.internal.body.Spool;
import io.graphqlfiles.internal.directupload.SequentialUpload;
import io.graphqlfiles.internal.directupload.SequentialUpload.Position;
import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the body of one request. What comes waits in a temporary file until a part of the store is whole; when the
 * body ends or breaks off, the rest is stored as a piece. So a client that is slow holds no connection to the store,
 * and what it has sent is not lost with its connection.
 *
 * <p>One thread receives. Another may end it at any time, also while it waits for the client: a client that comes back
 * before its old connection is known to be dead must not wait for that.
 */
final class TusReceiver implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TusReceiver.class);

    private static final int BUFFER = 64 * 1024;

    private final SequentialUpload upload;
    private final Spool spool;
    private final Spool.Segment waiting;
    /** Held while bytes move on, and not while the client is waited for. */
    private final ReentrantLock moving = new ReentrantLock();

    private Position position;
    private long waitingBytes;
    private boolean ended;

    /** @param spool closed with this */
    TusReceiver(SequentialUpload upload, Position position, Spool spool) {
        this.upload = upload;
        this.position = position;
        this.spool = spool;
        this.waiting = spool.begin();
    }

    /**
     * Receives to the end of the body.
     *
     * @return where it goes on
     * @throws EndpointRefusal if the body is longer than the upload, or another request has taken over; what came
     *     before is stored
     * @throws IOException if the body cannot be read to its end; what came before is stored, if the store takes it
     */
    Position receive(InputStream body) throws IOException, EndpointRefusal {
        byte[] buffer = new byte[BUFFER];
        for (long room = room(); room > 0; room = room()) {
            int count = read(body, buffer, (int) Math.min(buffer.length, room));
            if (count < 0) {
                return flush();
            }
            take(buffer, count);
        }
        if (read(body, buffer, 1) > 0) {
            throw new EndpointRefusal(413, "The body is longer than the rest of the upload.");
        }
        return flush();
    }

    /** Up to the end of the part. */
    private long room() {
        moving.lock();
        try {
            return upload.missing(position) - waitingBytes;
        } finally {
            moving.unlock();
        }
    }

    private int read(InputStream body, byte[] buffer, int most) throws IOException, EndpointRefusal {
        try {
            return body.read(buffer, 0, most);
        } catch (IOException | RuntimeException e) {
            try {
                flush();
            } catch (IOException | RuntimeException | EndpointRefusal notStored) {
                e.addSuppressed(notStored);
            }
            throw e;
        }
    }

    private void take(byte[] buffer, int count) throws IOException, EndpointRefusal {
        moving.lock();
        try {
            requireMine();
            Spool.Appended appended = waiting.append(buffer, count);
            if (appended != Spool.Appended.WRITTEN) {
                flush();
                throw appended == Spool.Appended.NO_ROOM
                        ? TusBodies.noRoom()
                        : new EndpointRefusal(413, "A piece of the upload is longer than this server keeps.");
            }
            waitingBytes += count;
            if (waitingBytes == upload.missing(position)) {
                flush();
            }
        } finally {
            moving.unlock();
        }
    }

    /** Moves what waits into the store. If whoever has ended this has done so, nothing is left to be refused. */
    private Position flush() throws IOException, EndpointRefusal {
        moving.lock();
        try {
            if (waitingBytes > 0) {
                requireMine();
                Position next = upload.append(position, waiting::open, waitingBytes);
                waiting.discard();
                if (next == null) {
                    ended = true;
                    throw position.pieces() < SequentialUpload.MAX_PIECES
                            ? conflict()
                            : new EndpointRefusal(400, "Expected the rest of the upload in fewer and longer requests.");
                }
                waitingBytes = 0;
                position = next;
            }
            return position;
        } finally {
            moving.unlock();
        }
    }

    private void requireMine() throws EndpointRefusal {
        if (ended) {
            throw new EndpointRefusal(423, "Another request goes on with the upload.");
        }
    }

    static EndpointRefusal conflict() {
        return new EndpointRefusal(409, "The upload is at another offset.");
    }

    /**
     * Stores what has come so far, and receives no more.
     *
     * @return false if the store took longer with what it was given last
     */
    boolean end(Duration patience) {
        try {
            if (!moving.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            if (!ended) {
                flush();
            }
        } catch (IOException | RuntimeException | EndpointRefusal e) {
            LOG.debug("What an upload had received could not be stored; its client sends it again", e);
        } finally {
            ended = true;
            moving.unlock();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        moving.lock();
        try {
            ended = true;
            spool.close();
        } finally {
            moving.unlock();
        }
    }
}
