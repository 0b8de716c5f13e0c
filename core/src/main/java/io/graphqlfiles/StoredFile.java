package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.graphqlfiles.internal.value.FileId;
import io.graphqlfiles.spi.BlobKeys;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.FileFacts;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file in a store: what a data fetcher gets for a {@code StoredFileInput}, what the application keeps, and what it
 * returns for a {@code StoredFile}. Immutable; holds no bytes and no URL.
 *
 * <p>The application keeps it in one column: as text with {@link #toJson()} and {@link #fromJson(String)}, or as an
 * object with {@link #toMap()} and {@link #fromMap(Map)}. Whoever can write that column decides which blob is read, so
 * it must never be filled from what a client sends.
 */
public final class StoredFile {

    private final String store;
    private final String key;
    private final String fileName;
    private final String mimeType;
    private final long byteSize;
    private final Instant createdAt;
    private final Visibility visibility;
    private final @Nullable String checksum;
    private final FileFacts facts;
    private final Status status;

    /** What was decided about a file; see {@link FileFieldRules#review}. */
    public enum Status {
        /** Nothing yet: clients get no URL. */
        PENDING,
        /** It may be read; so all files where nobody has to decide. */
        READY,
        /** It must not be read; its content is deleted. */
        REJECTED
    }

    /**
     * A file that a store has: for migrations and tests. Files that come in are made by the library.
     *
     * @param store name of the store
     * @param key the store's name for the blob
     * @param fileName cleaned
     * @param byteSize length in bytes
     * @param checksum algorithm, colon, hexadecimal digits; null if the store keeps none
     * @throws IllegalArgumentException if no store could have the key
     */
    public StoredFile(
            String store,
            String key,
            String fileName,
            String mimeType,
            long byteSize,
            Instant createdAt,
            Visibility visibility,
            @Nullable String checksum) {
        this(store, key, fileName, mimeType, byteSize, createdAt, visibility, checksum, FileFacts.none(), Status.READY);
    }

    private StoredFile(
            String store,
            String key,
            String fileName,
            String mimeType,
            long byteSize,
            Instant createdAt,
            Visibility visibility,
            @Nullable String checksum,
            FileFacts facts,
            Status status) {
        this.store = requireNonNull(store, "store");
        this.key = BlobKeys.requireValid(key);
        this.fileName = requireNonNull(fileName, "fileName");
        this.mimeType = requireNonNull(mimeType, "mimeType");
        this.byteSize = byteSize;
        this.createdAt = requireNonNull(createdAt, "createdAt");
        this.visibility = requireNonNull(visibility, "visibility");
        this.checksum = checksum;
        this.facts = requireNonNull(facts, "facts");
        this.status = requireNonNull(status, "status");
    }

    /** The same file with these facts in place of those that it had. */
    public StoredFile withFacts(FileFacts facts) {
        return new StoredFile(store, key, fileName, mimeType, byteSize, createdAt, visibility, checksum, facts, status);
    }

    /**
     * The same file with another status. That of an attached file is what {@link Attachments#release} and
     * {@link Attachments#reject} have made of it, whatever is said here.
     */
    public StoredFile withStatus(Status status) {
        return new StoredFile(store, key, fileName, mimeType, byteSize, createdAt, visibility, checksum, facts, status);
    }

    /**
     * Reads what {@link #toJson()} wrote, in this release or an earlier one.
     *
     * @throws IllegalArgumentException if the text is not such JSON, or was written by a later release in a form that
     *     this one does not know
     */
    // Jackson takes this creator for text, and the other one for objects.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StoredFile fromJson(String json) {
        return StoredFileJson.read(json);
    }

    /**
     * One line of JSON for one text column, with a version in it; about 250 characters, and up to 1,100 more for one
     * with a placeholder.
     */
    public String toJson() {
        return StoredFileJson.write(this);
    }

    /**
     * Reads what {@link #toMap()} gave, in this release or an earlier one.
     *
     * @param members as a driver or a JSON library gives them: whole numbers of any type, nested maps and lists. Those
     *     that are not known are ignored
     * @throws IllegalArgumentException if these are not the members of {@link #toJson()}, or were written by a later
     *     release in a form that this one does not know
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static StoredFile fromMap(Map<String, ?> members) {
        return StoredFileJson.read(members);
    }

    /**
     * The members of {@link #toJson()}, in their order: for documents, and for JSON columns that queries look into.
     * Jackson, 2 and 3, writes a file as this object.
     *
     * @return a new map of strings, whole numbers, {@link Boolean}s, and lists and maps of these
     */
    @JsonValue
    public Map<String, Object> toMap() {
        return StoredFileJson.members(this);
    }

    /** Names this file for clients. Opaque and stable, and no permission to do anything with it. */
    public String id() {
        return new FileId(store, key).toString();
    }

    /** Name of the store, as given to {@link io.graphqlfiles.engine.GraphQLFiles.Builder}. */
    public String store() {
        return store;
    }

    /** The store's name for the blob. */
    public String key() {
        return key;
    }

    /** Name as the client gave it, cleaned: no path, no control characters, at most 255 bytes of UTF-8. */
    public String fileName() {
        return fileName;
    }

    /** Media type, found by looking at the content; without parameters. */
    public String mimeType() {
        return mimeType;
    }

    /** Length in bytes. */
    public long byteSize() {
        return byteSize;
    }

    /** When the file was stored. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Who may read it by its URL; decided by the field's rules at the time it was stored. */
    public Visibility visibility() {
        return visibility;
    }

    /** Algorithm, colon, hexadecimal digits, for example {@code crc32c:e3069283}; null if the store keeps none. */
    public @Nullable String checksum() {
        return checksum;
    }

    /**
     * What is known of a picture, film or document: its size, for example. Nothing is where no
     * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#analyzer analyzer} knows the type, or there was none when the
     * file was stored.
     */
    public FileFacts facts() {
        return facts;
    }

    /** What was decided about it; {@link Status#READY} unless its field is one with review. */
    public Status status() {
        return status;
    }

    /**
     * The id of a file of which only store and key are known, as when a bucket tells of an object.
     *
     * @throws IllegalArgumentException if no store could have the key
     */
    public static String idOf(String store, String key) {
        return new FileId(store, BlobKeys.requireValid(key)).toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredFile that
                && store.equals(that.store)
                && key.equals(that.key)
                && fileName.equals(that.fileName)
                && mimeType.equals(that.mimeType)
                && byteSize == that.byteSize
                && createdAt.equals(that.createdAt)
                && visibility == that.visibility
                && Objects.equals(checksum, that.checksum)
                && facts.equals(that.facts)
                && status == that.status;
    }

    @Override
    public int hashCode() {
        return Objects.hash(store, key);
    }

    @Override
    public String toString() {
        return "StoredFile[" + store + ":" + key + ", " + mimeType + ", " + byteSize + " bytes]";
    }
}
