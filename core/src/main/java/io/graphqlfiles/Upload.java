package io.graphqlfiles;

import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_CONSUMED;
import static io.graphqlfiles.FileErrorCode.FILE_UPLOAD_MISSING;

import io.graphqlfiles.internal.multipart.PartHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A file in a multipart request, as a data fetcher gets it for an argument of the scalar {@code Upload}. Its bytes are
 * still on their way: reading it reads the client's connection.
 *
 * <p>Each place that the request's map names has an upload of its own, which can be read once, within the request.
 * Parts are best read in the order in which the client sends them; asking for a later one first keeps the earlier ones
 * in a temporary file.
 *
 * <p>Safe for use by several threads; the stream of one upload is for one thread at a time. All methods block until the
 * client has sent what they need.
 */
public final class Upload {

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
    Upload(MultipartBody body, FilePart part, String place, boolean admitted) {
        this.body = body;
        this.part = part;
        this.place = place;
        this.admitted = admitted;
    }

    /**
     * The file's name as the client gives it: neither checked nor cleaned, perhaps a path. Null if it gives none.
     *
     * @throws FileException if the request has no such part, or breaks off before it ({@code FILE_UPLOAD_MISSING})
     * @throws IllegalStateException if the request has no document, and the engine no
     *     {@link GraphQLFiles#instrumentation}
     */
    public @Nullable String fileName() {
        return header().fileName();
    }

    /**
     * The media type as the client gives it, with parameters if it has any: not checked against the content. Null if it
     * gives none.
     *
     * @throws FileException if the request has no such part, or breaks off before it ({@code FILE_UPLOAD_MISSING})
     * @throws IllegalStateException if the request has no document, and the engine no
     *     {@link GraphQLFiles#instrumentation}
     */
    public @Nullable String contentType() {
        return header().contentType();
    }

    /**
     * The file's bytes. The caller closes the stream; closing it early gives up the rest.
     *
     * <p>Reading fills the array before it returns, so large arrays are good; {@code transferTo} uses one of 64 KiB. A
     * stream that ends has given the whole file. Otherwise reading throws: {@link FileException}
     * ({@code FILE_TOO_LARGE}) beyond {@link FileLimits#file()} or {@link FileLimits#bytesPerRequest()}, an
     * {@code IOException} if the connection broke or the request has ended.
     *
     * @throws FileException if the request has no such part, or no intact one ({@code FILE_UPLOAD_MISSING}), or it was
     *     opened before ({@code FILE_UPLOAD_CONSUMED})
     * @throws IOException if the connection broke, or the request has ended
     * @throws IllegalStateException if the request has no document, and the engine no
     *     {@link GraphQLFiles#instrumentation}
     */
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
    int order() {
        return part.order();
    }

    /** Names neither the handle nor anything that the client sent. */
    @Override
    public String toString() {
        return "Upload";
    }
}
