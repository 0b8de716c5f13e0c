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
    private final AtomicBoolean opened = new AtomicBoolean();

    UploadPart(MultipartBody body, FilePart part) {
        this.body = body;
        this.part = part;
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
        if (!opened.compareAndSet(false, true)) {
            throw new FileException(
                    FILE_UPLOAD_CONSUMED,
                    "The file has been read already: name each place that uses it in the request's map.");
        }
        body.open(part);
        return new UploadStream(body, part);
    }

    private PartHeader header() {
        try {
            return body.header(part);
        } catch (IOException e) {
            throw new FileException(FILE_UPLOAD_MISSING, "The request broke off before the file.", e);
        }
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
