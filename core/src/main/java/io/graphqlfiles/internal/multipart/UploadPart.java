package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_CONSUMED;
import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_MISSING;

import io.graphqlfiles.FileException;
import io.graphqlfiles.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An {@link Upload} whose bytes are in the body of a request, or in its spool. */
public final class UploadPart implements Upload {

    private final MultipartBody body;
    private final FilePart part;
    private final String place;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean opened = new AtomicBoolean();
    private volatile boolean admitted;

    /**
     * One that nobody has read.
     *
     * @param place in {@code operations}, as the map names it
     * @param admitted whether the place is known to take an upload
     */
    UploadPart(MultipartBody body, FilePart part, String place, boolean admitted) {
        this.body = body;
        this.part = part;
        this.place = place;
        this.admitted = admitted;
    }

    @Override
    public @Nullable String fileName() {
        return header().fileName();
    }

    @Override
    public @Nullable String contentType() {
        return header().contentType();
    }

    @Override
    public InputStream openStream() throws IOException {
        requireAdmitted();
        if (!opened.compareAndSet(false, true)) {
            throw new FileException(
                    FILE_UPLOAD_CONSUMED,
                    "The file has been read already: name each place that uses it in the request's map.");
        }
        body.open(part);
        return new UploadStream(body, part);
    }

    private PartHeader header() {
        requireAdmitted();
        try {
            return body.header(part);
        } catch (IOException e) {
            throw new FileException(FILE_UPLOAD_MISSING, "The request broke off before the file.", e);
        }
    }

    /** For the execution whose variables have its handle: false if it belongs to another execution already. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** Its place has turned out to take an upload. */
    void admit() {
        admitted = true;
    }

    private void requireAdmitted() {
        if (!admitted) {
            throw new IllegalStateException(
                    "Nobody has checked where this file goes: if the request has no document, as"
                            + " with persisted operations, the GraphQL engine needs GraphQLFiles.instrumentation()");
        }
    }

    /** As the map names it. */
    String place() {
        return place;
    }

    /** The position of the part among those that the map names: the order in which clients send them. */
    public int order() {
        return part.order();
    }

    /** Names neither the handle nor anything that the client sent. */
    @Override
    public String toString() {
        return "Upload";
    }
}
