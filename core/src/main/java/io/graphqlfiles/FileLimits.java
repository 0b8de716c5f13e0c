package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.internal.value.Durations;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Server-wide limits; they apply even if a field allows more. Immutable. Sizes are in bytes and inclusive. */
public final class FileLimits {

    private final ByteSize base64;
    private final ByteSize file;
    private final ByteSize copyUrl;
    private final ByteSize directUpload;
    private final int filesPerRequest;
    private final @Nullable ByteSize bytesPerRequest;
    private final int directUploadsPerRequest;
    private final int callsPerRequest;
    private final int editsPerRequest;
    private final ByteSize operationsText;
    private final ByteSize mapText;
    private final Duration operationsTime;
    private final ByteSize bytesPerSecond;
    private final ByteSize spooledBytes;
    private final ByteSize spooledBytesTogether;
    private final ByteSize drainedBytes;
    private final Duration drainTime;

    private FileLimits(Builder builder) {
        this.base64 = builder.base64;
        this.file = builder.file;
        this.copyUrl = builder.copyUrl;
        this.directUpload = builder.directUpload;
        this.filesPerRequest = builder.filesPerRequest;
        this.bytesPerRequest = builder.bytesPerRequest;
        this.directUploadsPerRequest = builder.directUploadsPerRequest;
        this.callsPerRequest = builder.callsPerRequest;
        this.editsPerRequest = builder.editsPerRequest;
        this.operationsText = builder.operationsText;
        this.mapText = builder.mapText;
        this.operationsTime = builder.operationsTime;
        this.bytesPerSecond = builder.bytesPerSecond;
        this.spooledBytes = builder.spooledBytes;
        this.spooledBytesTogether = builder.spooledBytesTogether;
        this.drainedBytes = builder.drainedBytes;
        this.drainTime = builder.drainTime;
    }

    private ByteSize defaultBytesPerRequest() {
        long largest = Math.max(base64.bytes(), Math.max(file.bytes(), copyUrl.bytes()));
        return new ByteSize(largest > Long.MAX_VALUE / filesPerRequest ? Long.MAX_VALUE : largest * filesPerRequest);
    }

    /** The defaults, to be changed. */
    public static Builder newFileLimits() {
        return new Builder();
    }

    /** The defaults as they are. */
    public static FileLimits defaults() {
        return newFileLimits().build();
    }

    /** A copy with changes. */
    public FileLimits transform(Consumer<Builder> changes) {
        Builder builder = new Builder()
                .base64(base64)
                .file(file)
                .copyUrl(copyUrl)
                .directUpload(directUpload)
                .filesPerRequest(filesPerRequest)
                .directUploadsPerRequest(directUploadsPerRequest)
                .callsPerRequest(callsPerRequest)
                .editsPerRequest(editsPerRequest)
                .operationsText(operationsText)
                .mapText(mapText)
                .operationsTime(operationsTime)
                .bytesPerSecond(bytesPerSecond)
                .spooledBytes(spooledBytes)
                .spooledBytesTogether(spooledBytesTogether)
                .drainedBytes(drainedBytes)
                .drainTime(drainTime);
        // What was not set stays so: the default follows the other limits.
        builder.bytesPerRequest = bytesPerRequest;
        changes.accept(builder);
        return builder.build();
    }

    /** One file given as base64, counted decoded. */
    public ByteSize base64() {
        return base64;
    }

    /** One file given as a part of a multipart request. */
    public ByteSize file() {
        return file;
    }

    /** One file fetched from a URL. */
    public ByteSize copyUrl() {
        return copyUrl;
    }

    /** One file uploaded directly to the store. */
    public ByteSize directUpload() {
        return directUpload;
    }

    /**
     * Files in one request whose bytes pass through this server, over base64, file and copyURL; and uses of a direct
     * upload after the first in the same request, as each is a copy.
     */
    public int filesPerRequest() {
        return filesPerRequest;
    }

    /** Direct uploads that one request starts, completes, or gives the tokens of. Their bytes are elsewhere. */
    public int directUploadsPerRequest() {
        return directUploadsPerRequest;
    }

    /** Bytes of files that pass through this server in one request, over base64, file and copyURL. */
    public ByteSize bytesPerRequest() {
        return bytesPerRequest != null ? bytesPerRequest : defaultBytesPerRequest();
    }

    /**
     * Calls of the library's own fields in one request, under whatever aliases: {@code startFileUpload},
     * {@code completeFileUpload}, {@code abortFileUpload}, {@code fileUpload}, {@code urlForFile} and
     * {@code fileFields}. Most of them are a request to the store, which a bucket charges for.
     */
    public int callsPerRequest() {
        return callsPerRequest;
    }

    /**
     * Attached fields that one request may set, clear or edit, and ids that it may name in {@code remove} and
     * {@code order}, all together.
     */
    public int editsPerRequest() {
        return editsPerRequest;
    }

    /** The {@code operations} field of a multipart request. */
    public ByteSize operationsText() {
        return operationsText;
    }

    /** The {@code map} field of a multipart request. */
    public ByteSize mapText() {
        return mapText;
    }

    /** How long {@code operations} and {@code map} of a multipart request may take to arrive. */
    public Duration operationsTime() {
        return operationsTime;
    }

    /**
     * How many bytes a second a client must send of a body at least. Only the time for which it is waited for counts,
     * and half a minute of it is free: who sends nothing for longer, or less than this for longer, is broken off. A
     * body that never comes at all is cut by the server's own time limit. Zero if clients may be as slow as they like.
     */
    public ByteSize bytesPerSecond() {
        return bytesPerSecond;
    }

    /**
     * Temporary files of one multipart request, for parts that are asked for out of order or mapped to several places.
     */
    public ByteSize spooledBytes() {
        return spooledBytes;
    }

    /** Temporary files of all multipart requests that are being answered. */
    public ByteSize spooledBytesTogether() {
        return spooledBytesTogether;
    }

    /**
     * How much of a body that nobody wants is read after the answer is known, so that the client gets to read the
     * answer.
     */
    public ByteSize drainedBytes() {
        return drainedBytes;
    }

    /** How long such a rest is read. */
    public Duration drainTime() {
        return drainTime;
    }

    /** Builds {@link FileLimits}. Not thread-safe; usable again after {@link #build()}. */
    public static final class Builder {

        private ByteSize base64 = ByteSize.megabytes(10);
        private ByteSize file = ByteSize.megabytes(100);
        private ByteSize copyUrl = ByteSize.megabytes(100);
        private ByteSize directUpload = ByteSize.gigabytes(10);
        private int filesPerRequest = 10;
        private @Nullable ByteSize bytesPerRequest;
        private int directUploadsPerRequest = 100;
        private int callsPerRequest = 100;
        private int editsPerRequest = 1000;
        private ByteSize operationsText = ByteSize.megabytes(1);
        private ByteSize mapText = ByteSize.kilobytes(64);
        private Duration operationsTime = Duration.ofSeconds(30);
        private ByteSize bytesPerSecond = ByteSize.kilobytes(1);
        private ByteSize spooledBytes = ByteSize.gigabytes(1);
        private ByteSize spooledBytesTogether = ByteSize.gigabytes(10);
        private ByteSize drainedBytes = ByteSize.megabytes(64);
        private Duration drainTime = Duration.ofSeconds(10);

        private Builder() {}

        /** See {@link FileLimits#base64()}. Default 10 MB. */
        public Builder base64(ByteSize base64) {
            this.base64 = positive("base64", base64);
            return this;
        }

        /** See {@link FileLimits#file()}. Default 100 MB. */
        public Builder file(ByteSize file) {
            this.file = positive("file", file);
            return this;
        }

        /** See {@link FileLimits#copyUrl()}. Default 100 MB. */
        public Builder copyUrl(ByteSize copyUrl) {
            this.copyUrl = positive("copyUrl", copyUrl);
            return this;
        }

        /** See {@link FileLimits#directUpload()}. Default 10 GB. */
        public Builder directUpload(ByteSize directUpload) {
            this.directUpload = positive("directUpload", directUpload);
            return this;
        }

        /**
         * See {@link FileLimits#filesPerRequest()}. Default 10.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder filesPerRequest(int filesPerRequest) {
            this.filesPerRequest = positive("filesPerRequest", filesPerRequest);
            return this;
        }

        /**
         * See {@link FileLimits#directUploadsPerRequest()}. Default 100.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder directUploadsPerRequest(int directUploadsPerRequest) {
            this.directUploadsPerRequest = positive("directUploadsPerRequest", directUploadsPerRequest);
            return this;
        }

        /**
         * See {@link FileLimits#callsPerRequest()}. Default 100.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder callsPerRequest(int callsPerRequest) {
            this.callsPerRequest = positive("callsPerRequest", callsPerRequest);
            return this;
        }

        /**
         * See {@link FileLimits#editsPerRequest()}. Default 1000.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder editsPerRequest(int editsPerRequest) {
            this.editsPerRequest = positive("editsPerRequest", editsPerRequest);
            return this;
        }

        /**
         * See {@link FileLimits#bytesPerRequest()}. Default the number of files a request times the largest limit of
         * the three ways.
         */
        public Builder bytesPerRequest(ByteSize bytesPerRequest) {
            this.bytesPerRequest = positive("bytesPerRequest", bytesPerRequest);
            return this;
        }

        /** See {@link FileLimits#operationsText()}. Default 1 MB. */
        public Builder operationsText(ByteSize operationsText) {
            this.operationsText = positive("operationsText", operationsText);
            return this;
        }

        /** See {@link FileLimits#mapText()}. Default 64 KB. */
        public Builder mapText(ByteSize mapText) {
            this.mapText = positive("mapText", mapText);
            return this;
        }

        /**
         * See {@link FileLimits#operationsTime()}. Default 30 seconds.
         *
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder operationsTime(Duration operationsTime) {
            this.operationsTime = Durations.requirePositive("operationsTime", operationsTime);
            return this;
        }

        /** See {@link FileLimits#bytesPerSecond()}. Default 1 KB; zero for no limit. */
        public Builder bytesPerSecond(ByteSize bytesPerSecond) {
            this.bytesPerSecond = requireNonNull(bytesPerSecond, "bytesPerSecond");
            return this;
        }

        /** See {@link FileLimits#spooledBytes()}. Default 1 GB. */
        public Builder spooledBytes(ByteSize spooledBytes) {
            this.spooledBytes = positive("spooledBytes", spooledBytes);
            return this;
        }

        /** See {@link FileLimits#spooledBytesTogether()}. Default 10 GB. */
        public Builder spooledBytesTogether(ByteSize spooledBytesTogether) {
            this.spooledBytesTogether = positive("spooledBytesTogether", spooledBytesTogether);
            return this;
        }

        /** See {@link FileLimits#drainedBytes()}. Default 64 MB. */
        public Builder drainedBytes(ByteSize drainedBytes) {
            this.drainedBytes = positive("drainedBytes", drainedBytes);
            return this;
        }

        /**
         * See {@link FileLimits#drainTime()}. Default 10 seconds.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder drainTime(Duration drainTime) {
            this.drainTime = Durations.requireNotNegative("drainTime", drainTime);
            return this;
        }

        /** The limits as set. */
        public FileLimits build() {
            return new FileLimits(this);
        }

        private static int positive(String name, int number) {
            if (number < 1) {
                throw new IllegalArgumentException(name + ": expected 1 or more, found " + number);
            }
            return number;
        }

        private static ByteSize positive(String name, ByteSize size) {
            if (size.bytes() == 0) {
                throw new IllegalArgumentException(name + ": expected 1 byte or more, found 0");
            }
            return size;
        }
    }
}
