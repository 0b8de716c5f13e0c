package io.graphqlfiles;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file in a multipart request, as a data fetcher gets it for an argument of the scalar {@code Upload}. Its bytes are
 * still being sent: reading it reads the client's connection.
 *
 * <p>Each place that the request's map names has an upload of its own, which can be read once, within the request.
 * Parts are best read in the order in which the client sends them; asking for a later one first keeps the earlier ones
 * in a temporary file.
 *
 * <p>Safe for use by several threads; the stream of one upload is for one thread at a time. All methods block until the
 * client has sent what they need.
 */
public interface Upload {

    /**
     * The file's name as the client gives it: neither checked nor cleaned, perhaps a path. Null if it gives none.
     *
     * @throws FileException if the request has no such part, or breaks off before it ({@code FILE_UPLOAD_MISSING})
     * @throws IllegalStateException if the request has no document, and the engine no
     *     {@link io.graphqlfiles.engine.GraphQLFiles#instrumentation}
     */
    @Nullable
    String fileName();

    /**
     * The media type as the client gives it, with parameters if it has any: not checked against the content. Null if it
     * gives none.
     *
     * @throws FileException if the request has no such part, or breaks off before it ({@code FILE_UPLOAD_MISSING})
     * @throws IllegalStateException if the request has no document, and the engine no
     *     {@link io.graphqlfiles.engine.GraphQLFiles#instrumentation}
     */
    @Nullable
    String contentType();

    /**
     * The file's bytes. The caller closes the stream; closing it early abandons the rest.
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
     *     {@link io.graphqlfiles.engine.GraphQLFiles#instrumentation}
     */
    InputStream openStream() throws IOException;
}
