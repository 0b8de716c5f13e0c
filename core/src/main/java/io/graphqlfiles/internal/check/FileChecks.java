package io.graphqlfiles.internal.check;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileLimits;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.mime.ContentDisposition;
import io.graphqlfiles.internal.mime.ContentTypes;
import io.graphqlfiles.internal.mime.FileNames;
import io.graphqlfiles.internal.mime.StoredTypes;
import io.graphqlfiles.spi.BlobInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of fields, each written once and valid for every source of files. */
public final class FileChecks {

    /** How much of the content is looked at to find its type. */
    public static final int HEAD_LENGTH = ContentTypes.PREFIX_LENGTH;

    /** A name that is refused may be as long as the request. */
    private static final int MAX_NAME_IN_ERRORS = 255;

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final FileLimits limits;

    public FileChecks(FileLimits limits) {
        this.limits = limits;
    }

    /**
     * Name and type that have passed.
     *
     * @param contentType the type as the store keeps it: of text, with its encoding
     */
    public record Checked(String fileName, String mimeType, String contentType) {

        public String contentDisposition() {
            return ContentDisposition.forType(mimeType, fileName);
        }
    }

    /**
     * The most that may come from this source; without one (the application stores on its own) only the field's own
     * rule holds.
     */
    public long maxByteSize(FileField field, @Nullable FileSourceType source) {
        return source == null ? field.maxByteSize() : maxByteSize(field, source, limits);
    }

    /** The largest file in bytes, inclusive, that may come from this source. */
    public static long maxByteSize(FileField field, FileSourceType source, FileLimits limits) {
        ByteSize limit = switch (source) {
            case BASE64 -> limits.base64();
            case FILE -> limits.file();
            case COPY_URL -> limits.copyUrl();
            case DIRECT_UPLOAD -> limits.directUpload();
        };
        return Math.min(field.maxByteSize(), limit.bytes());
    }

    /** For content of unknown length that is longer. */
    public FileException tooLarge(FileField field, long maxByteSize) {
        return new FileException(
                        FileErrorCode.FILE_TOO_LARGE,
                        "The file is larger than " + ByteSize.bytes(maxByteSize) + ", the most that "
                                + field.coordinate()
                                + (field.maxByteSize() == maxByteSize ? " takes." : " takes in this way."))
                .with("maxByteSize", maxByteSize);
    }

    /**
     * Checks the size.
     *
     * @throws FileException if a file of this size is too large or too small
     */
    public void size(FileField field, @Nullable FileSourceType source, long byteSize) {
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
     * What is claimed of the type, before there is any content. The claim is often only guessed from the name, so it is
     * refused only if no honest content could be right for the field.
     *
     * @return {@code application/octet-stream} if the claim is no media type, or one of forms and unknown files:
     *     servers read a body of such a type on their own
     * @throws FileException if neither the name nor the claim is of a kind that the field accepts
     */
    public String claimedType(FileField field, @Nullable String claimed, String fileName) {
        String parsed = claimed == null ? null : ContentTypes.parseClaim(claimed);
        String type = parsed == null ? UNKNOWN_TYPE : parsed;
        if (!field.mayAccept(parsed, fileName)) {
            throw notAccepted(field, type, fileName);
        }
        return type;
    }

    /**
     * The name, cleaned; one for the type if none is claimed.
     *
     * @throws FileException if nothing is left of the name once it is cleaned
     */
    public String fileName(String claimed) {
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
     * Finds the type in the content; what is claimed may make it more precise. A name that nobody gave gets an
     * extension that suits the type.
     *
     * @param head the first bytes, up to {@link #HEAD_LENGTH}
     * @throws FileException if the field does not take such content, or the name is none
     */
    public Checked content(FileField field, byte[] head, FileClaims claims) {
        String claimed = claims.fileName();
        String name = claimed == null || claims.isNameGuessed() ? claimed : fileName(claimed);
        String type = acceptedType(field, head, claims.mimeType(), name);
        String contentType = StoredTypes.of(type, head, head.length, claims.mimeType());
        if (name == null) {
            return new Checked(FileNames.defaultName(type), type, contentType);
        }
        return new Checked(claims.isNameGuessed() ? FileNames.fitting(name, type) : name, type, contentType);
    }

    /** The most precise type that the field accepts: to know more of a file is no reason to refuse it. */
    private static String acceptedType(
            FileField field, byte[] head, @Nullable String claimedType, @Nullable String cleanName) {
        List<String> types = ContentTypes.find(head, head.length, claimedType, cleanName);
        for (String type : types) {
            if (field.accepts(type, cleanName)) {
                return type;
            }
        }
        if (head.length == 0) {
            throw notAccepted(field, "The file is empty; " + field.coordinate() + " accepts", types.get(0), cleanName);
        }
        throw ContentTypes.isProtectedDocument(head, head.length)
                ? notAccepted(
                        field,
                        "The file is an office document that is protected with a password, so that its kind cannot be"
                                + " seen; " + field.coordinate() + " accepts",
                        types.get(0),
                        cleanName)
                : notAccepted(field, types.get(0), cleanName);
    }

    /** The file of a blob that has passed. */
    public StoredFile stored(FileField field, BlobInfo blob, Checked checked) {
        StoredFile file = new StoredFile(
                field.store(),
                blob.key(),
                checked.fileName(),
                checked.mimeType(),
                blob.byteSize(),
                blob.createdAt(),
                field.visibility(),
                blob.checksum());
        // From the first moment on: whatever gives it out, gives it out as one that waits.
        return field.isReviewed() ? file.withStatus(StoredFile.Status.PENDING) : file;
    }

    private static FileException notAccepted(FileField field, String type, @Nullable String fileName) {
        return notAccepted(field, field.coordinate() + " does not accept " + type + "; it accepts", type, fileName);
    }

    /** @param words the message up to the types that are accepted */
    private static FileException notAccepted(FileField field, String words, String type, @Nullable String fileName) {
        FileException refusal = new FileException(
                        FileErrorCode.FILE_TYPE_NOT_ACCEPTED, words + " " + String.join(", ", field.accept()) + ".")
                .with("mimeType", type)
                .with("accept", field.accept());
        return fileName == null ? refusal : refusal.with("fileName", fileName);
    }
}
