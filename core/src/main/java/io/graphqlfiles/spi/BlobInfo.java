package io.graphqlfiles.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a store knows of a blob. Immutable. */
public final class BlobInfo {

    private final String key;
    private final long byteSize;
    private final Instant createdAt;
    private final String contentType;
    private final String contentDisposition;
    private final String version;
    private final @Nullable String checksum;

    private BlobInfo(Builder builder) {
        this.key = builder.key;
        this.byteSize = builder.byteSize;
        this.createdAt = builder.createdAt;
        this.contentType = builder.contentType;
        this.contentDisposition = builder.contentDisposition;
        this.version = builder.version;
        this.checksum = builder.checksum;
    }

    /**
     * Starts with what is always known.
     *
     * @param byteSize length in bytes, 0 or more
     * @param createdAt when the blob became visible, by the store's clock
     */
    public static Builder newBlobInfo(String key, long byteSize, Instant createdAt) {
        return new Builder(key, byteSize, createdAt);
    }

    /** The store's name for the blob. */
    public String key() {
        return key;
    }

    /** Length in bytes. */
    public long byteSize() {
        return byteSize;
    }

    /** When the blob became visible, by the store's clock; to the second at least. */
    public Instant createdAt() {
        return createdAt;
    }

    /**
     * Media type as it was put, of text with its encoding ({@code text/csv;charset=utf-8});
     * {@code application/octet-stream} where the store was not given one.
     */
    public String contentType() {
        return contentType;
    }

    /** {@code Content-Disposition} as it was put; {@code attachment} where the store was not given one. */
    public String contentDisposition() {
        return contentDisposition;
    }

    /**
     * Names these very bytes under this key: an entity tag, a generation. Opaque; changes whenever the blob is replaced
     * by someone who can (a client with a signed PUT). Printable ASCII without quotes or blanks. Empty in listings.
     */
    public String version() {
        return version;
    }

    /**
     * Algorithm, colon, lower-case hexadecimal digits, for example {@code crc32c:e3069283}; null if the store keeps
     * none.
     */
    public @Nullable String checksum() {
        return checksum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlobInfo that
                && key.equals(that.key)
                && byteSize == that.byteSize
                && createdAt.equals(that.createdAt)
                && contentType.equals(that.contentType)
                && contentDisposition.equals(that.contentDisposition)
                && version.equals(that.version)
                && Objects.equals(checksum, that.checksum);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, byteSize, version);
    }

    @Override
    public String toString() {
        return "BlobInfo[" + key + ", " + byteSize + " bytes, " + contentType + ", version " + version + "]";
    }

    /** Builds a {@link BlobInfo}. Not thread-safe. */
    public static final class Builder {

        private final String key;
        private final long byteSize;
        private final Instant createdAt;
        private String contentType = "application/octet-stream";
        private String contentDisposition = "attachment";
        private String version = "";
        private @Nullable String checksum;

        private Builder(String key, long byteSize, Instant createdAt) {
            this.key = requireNonNull(key, "key");
            this.createdAt = requireNonNull(createdAt, "createdAt");
            if (byteSize < 0) {
                throw new IllegalArgumentException("byteSize: expected 0 or more, found " + byteSize);
            }
            this.byteSize = byteSize;
        }

        public Builder contentType(String contentType) {
            this.contentType = requireNonNull(contentType, "contentType");
            return this;
        }

        public Builder contentDisposition(String contentDisposition) {
            this.contentDisposition = requireNonNull(contentDisposition, "contentDisposition");
            return this;
        }

        public Builder version(String version) {
            this.version = requireNonNull(version, "version");
            return this;
        }

        public Builder checksum(@Nullable String checksum) {
            this.checksum = checksum;
            return this;
        }

        public BlobInfo build() {
            return new BlobInfo(this);
        }
    }
}
