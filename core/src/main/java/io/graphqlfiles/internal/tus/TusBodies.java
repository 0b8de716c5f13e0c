package io.graphqlfiles.internal.tus;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.internal.body.PacedStream;
import io.graphqlfiles.internal.body.Spool;
import io.graphqlfiles.internal.body.SpoolSpace;
import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import io.graphqlfiles.server.FileEndpointRequest;
import java.io.IOException;
import java.io.InputStream;

/** The bodies of requests, and the temporary files in which they wait. */
final class TusBodies {

    private static final String TYPE = "application/offset+octet-stream";
    private static final int BUFFER = 64 * 1024;

    private final SpoolSpace space;
    private final ByteSize spooledBytes;
    private final ByteSize bytesPerSecond;

    TusBodies(SpoolSpace space, FileLimits limits) {
        this.space = space;
        this.spooledBytes = limits.spooledBytes();
        this.bytesPerSecond = limits.bytesPerSecond();
    }

    /** What a body does once it is known to be good. */
    interface Receiving<T> {
        T receive(InputStream body) throws IOException, EndpointRefusal;
    }

    /** For one body. Makes no file before there is something to put into it. */
    Spool spool() {
        return new Spool(space, spooledBytes.bytes());
    }

    /** @throws EndpointRefusal if the body is of another type than those of the protocol */
    static void requireType(FileEndpointRequest request) throws EndpointRefusal {
        if (!TYPE.equals(request.header("Content-Type"))) {
            throw new EndpointRefusal(415, "Expected the Content-Type " + TYPE + ".");
        }
    }

    /**
     * Checks the length, if the request says it, before a byte is read.
     *
     * @param room how many bytes may come
     */
    static void requireLength(FileEndpointRequest request, long room) throws EndpointRefusal {
        if (request.contentLength() > Math.max(0, room)) {
            throw new EndpointRefusal(413, "The body is longer than the rest of the upload.");
        }
    }

    /**
     * Reads the body; one with a checksum only after all of it has come and the checksum was found to be right.
     *
     * @param room how many bytes may come
     * @throws EndpointRefusal if it is another one, or the body is too long to wait for it
     */
    <T> T read(FileEndpointRequest request, long room, Receiving<T> receiving) throws IOException, EndpointRefusal {
        InputStream body = new PacedStream(request.body(), bytesPerSecond, System::nanoTime);
        TusChecksum checksum = TusChecksum.parse(request.header(TusHeaders.CHECKSUM));
        if (checksum == null) {
            return receiving.receive(body);
        }
        requireLength(request, room);
        if (request.contentLength() > spooledBytes.bytes()) {
            throw tooLong();
        }
        try (Spool spool = spool()) {
            Spool.Segment all = spool.begin();
            byte[] buffer = new byte[BUFFER];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                Spool.Appended appended = all.append(buffer, count);
                if (appended != Spool.Appended.WRITTEN) {
                    throw appended == Spool.Appended.NO_ROOM ? noRoom() : tooLong();
                }
                checksum.update(buffer, count);
            }
            checksum.verify();
            return receiving.receive(all.open());
        }
    }

    /** For now: the room is shared. */
    static EndpointRefusal noRoom() {
        return new EndpointRefusal(503, "The server has no room for more uploads; try again later.", 10);
    }

    private static EndpointRefusal tooLong() {
        return new EndpointRefusal(413, "The body is too long for a checksum; send it in several requests.");
    }
}
