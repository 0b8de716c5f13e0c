package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file before it is stored, with its claimed name and type. Files from every source become one of
 * these; application code creates them for {@link io.graphqlfiles.engine.GraphQLFiles#store(String, FileSource)}.
 * Immutable; the {@code with} methods give changed copies.
 */
public final class FileSource {

    /** The length is not known before the end. */
    public static final long UNKNOWN_SIZE = -1;

    private final Opener opener;
    private final long byteSize;
    private final @Nullable String fileName;
    private final @Nullable String mimeType;

    private FileSource(Opener opener, long byteSize, @Nullable String fileName, @Nullable String mimeType) {
        this.opener = opener;
        this.byteSize = byteSize;
        this.fileName = fileName;
        this.mimeType = mimeType;
    }

    /** Opens the bytes. Called once, in the thread that stores; the stream is closed by the caller. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens them.
         *
         * @throws IOException if the bytes cannot be had
         */
        InputStream open() throws IOException;
    }

    /** Bytes in memory; not copied. */
    public static FileSource of(byte[] bytes) {
        requireNonNull(bytes, "bytes");
        return new FileSource(() -> new ByteArrayInputStream(bytes), bytes.length, null, null);
    }

    /**
     * A file on this machine, under its own name.
     *
     * @throws IOException if its size cannot be read
     */
    public static FileSource of(Path path) throws IOException {
        Path name = path.getFileName();
        return new FileSource(
                () -> Files.newInputStream(path), Files.size(path), name == null ? null : name.toString(), null);
    }

    /** A stream of unknown length. */
    public static FileSource of(Opener opener) {
        return new FileSource(requireNonNull(opener, "opener"), UNKNOWN_SIZE, null, null);
    }

    /** The same bytes under this name; null if none is known. */
    public FileSource withFileName(@Nullable String fileName) {
        return new FileSource(opener, byteSize, fileName, mimeType);
    }

    /**
     * The same bytes with this media type claimed for them; null if none is. It may make the type that is found in the
     * content more precise; a wrong one counts for nothing. Its {@code charset} counts for text that is not in UTF-8.
     */
    public FileSource withMimeType(@Nullable String mimeType) {
        return new FileSource(opener, byteSize, fileName, mimeType);
    }

    /**
     * The same bytes with their length given beforehand, which spares some stores a buffer.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public FileSource withByteSize(long byteSize) {
        if (byteSize < 0) {
            throw new IllegalArgumentException("byteSize: expected 0 or more, found " + byteSize);
        }
        return new FileSource(opener, byteSize, fileName, mimeType);
    }

    /**
     * Opens the bytes. To be called once, by whoever stores them.
     *
     * @return to be closed by the caller
     * @throws IOException if the bytes cannot be had
     */
    public InputStream open() throws IOException {
        return opener.open();
    }

    /** Length in bytes, as given beforehand; {@link #UNKNOWN_SIZE} if it was not. */
    public long byteSize() {
        return byteSize;
    }

    /** The name that is claimed, not cleaned; null if none is. */
    public @Nullable String fileName() {
        return fileName;
    }

    /** The media type that is claimed, as it was given; null if none is. */
    public @Nullable String mimeType() {
        return mimeType;
    }
}
