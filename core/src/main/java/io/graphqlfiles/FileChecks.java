package io.graphqlfiles;

import io.graphqlfiles.internal.mime.ContentDisposition;
import io.graphqlfiles.internal.mime.ContentTypes;
import io.graphqlfiles.internal.mime.FileNames;
import io.graphqlfiles.spi.BlobInfo;
import org.jspecify.annotations.Nullable;

/** The rules of fields, each written once and holding for every way in which a file can come. */
final class FileChecks {

    /** How much of the content is looked at to find its type. */
    static final int HEAD_LENGTH = ContentTypes.PREFIX_LENGTH;

    /** A name that is refused may be as long as the request. */
    private static final int MAX_NAME_IN_ERRORS = 255;

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final FileLimits limits;

    FileChecks(FileLimits limits) {
        this.limits = limits;
    }

    /** Name and type that have passed. */
    record Checked(String fileName, String mimeType) {

        String contentDisposition() {
            return ContentDisposition.forType(mimeType, fileName);
        }
    }

    /**
     * The most that may come in this way; without one (the application stores by itself) only the field's own rule
     * holds.
     */
    long maxByteSize(FileField field, @Nullable FileSourceType source) {
        return source == null ? field.maxByteSize() : field.maxByteSize(source, limits);
    }

    /** For content of which no more is known than that it is longer. */
    FileException tooLarge(FileField field, long maxByteSize) {
        return new FileException(
                        FileErrorCode.FILE_TOO_LARGE,
                        "The file is larger than " + ByteSize.bytes(maxByteSize) + ", the most that "
                                + field.coordinate()
                                + (field.maxByteSize() == maxByteSize ? " takes." : " takes in this way."))
                .with("maxByteSize", maxByteSize);
    }

    /** @throws FileException if a file of this size is too large or too small */
    void size(FileField field, @Nullable FileSourceType source, long byteSize) {
        long max = maxByteSize(field, source);
        if (byteSize > max) {
            throw tooLarge(field, max).with("byteSize", byteSize);
        }
        if (byteSize < field.minByteSize()) {
            throw FileException.invalid("The file is smaller than " + ByteSize.bytes(field.minByteSize())
                            + ", the least that " + field.coordinate() + " takes.")
                    .with("minByteSize", field.minByteSize())
                    .with("byteSize", byteSize);
        }
    }

    /**
     * What a claim says of the type, before there is any content: whether the field could take such a file at all.
     *
     * @throws FileException if the claim is no media type or not one that the field accepts
     */
    String claimedType(FileField field, @Nullable String claimed, @Nullable String fileName) {
        String type = parsed(claimed);
        if (type == null) {
            return UNKNOWN_TYPE;
        }
        if (!type.equals(UNKNOWN_TYPE) && !field.accepts(type, fileName)) {
            throw notAccepted(field, type);
        }
        return type;
    }

    /** @throws FileException if nothing is left of the name once it is cleaned */
    String fileName(@Nullable String claimed, String mimeType) {
        if (claimed == null) {
            return FileNames.defaultName(mimeType);
        }
        String clean = FileNames.clean(claimed);
        if (clean == null) {
            throw new FileException(
                            FileErrorCode.FILE_NAME_INVALID,
                            "The file name is empty, too long, or made of characters that no file name may have.")
                    .with("fileName", claimed.substring(0, Math.min(claimed.length(), MAX_NAME_IN_ERRORS)));
        }
        return clean;
    }

    /**
     * Finds the type in the content and holds what is claimed against it.
     *
     * @throws FileException if the claim is not true, or the field does not take such content, or the name is none
     */
    Checked content(FileField field, byte[] head, @Nullable String claimedType, @Nullable String claimedName) {
        String cleanName = claimedName == null ? null : fileName(claimedName, UNKNOWN_TYPE);
        String detected = ContentTypes.detect(head, head.length, cleanName);
        String claimed = parsed(claimedType);
        String type = ContentTypes.agree(claimed, detected);
        if (type == null) {
            throw new FileException(
                    FileErrorCode.FILE_TYPE_NOT_ACCEPTED,
                    "The content is " + detected + ", not " + claimed + " as claimed.");
        }
        if (!field.accepts(type, cleanName)) {
            throw notAccepted(field, type);
        }
        return new Checked(cleanName != null ? cleanName : FileNames.defaultName(type), type);
    }

    /** The file of a blob that has passed. */
    StoredFile stored(FileField field, BlobInfo blob, Checked checked) {
        return new StoredFile(
                field.store(),
                blob.key(),
                checked.fileName(),
                checked.mimeType(),
                blob.byteSize(),
                blob.createdAt(),
                field.visibility(),
                blob.checksum());
    }

    private static @Nullable String parsed(@Nullable String claimed) {
        if (claimed == null) {
            return null;
        }
        String type = ContentTypes.parse(claimed);
        if (type == null) {
            throw new FileException(
                    FileErrorCode.FILE_TYPE_NOT_ACCEPTED, "The claimed type is not a media type such as image/png.");
        }
        return type;
    }

    private static FileException notAccepted(FileField field, String type) {
        return new FileException(
                FileErrorCode.FILE_TYPE_NOT_ACCEPTED,
                field.coordinate() + " does not accept " + type + "; it accepts " + String.join(", ", field.accept())
                        + ".");
    }
}
