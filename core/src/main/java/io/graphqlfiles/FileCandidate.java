package io.graphqlfiles;

import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file that has passed the rules of its field and now faces the application's own checks. Its bytes are in the store
 * but belong to nobody yet. Only valid during the call of {@link FileValidator#validate}.
 */
public final class FileCandidate {

    private final FileField field;
    private final StoredFile file;
    private final BlobStore store;

    /**
     * For tests of validators; those of an application are made as files come in.
     *
     * @param store has the bytes under the file's key
     */
    public FileCandidate(FileField field, StoredFile file, BlobStore store) {
        this.field = field;
        this.file = file;
        this.store = store;
    }

    /** The field it is meant for. */
    public FileField field() {
        return field;
    }

    /** Name as the client gave it, cleaned. */
    public String fileName() {
        return file.fileName();
    }

    /** Media type, found by looking at the content. */
    public String mimeType() {
        return file.mimeType();
    }

    /** Length in bytes. */
    public long byteSize() {
        return file.byteSize();
    }

    /** Where its bytes are, for checks that note something about it in a database. Not for clients. */
    public BlobReference blob() {
        return new BlobReference(file.store(), file.key());
    }

    /**
     * Opens the bytes, as often as needed. Blocks.
     *
     * @return to be closed by the caller
     * @throws IOException if they cannot be read
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    public InputStream openStream() throws IOException {
        return store.open(file.key(), ByteRange.whole());
    }

    @Override
    public String toString() {
        return "FileCandidate[" + field.coordinate() + ", " + mimeType() + ", " + byteSize() + " bytes]";
    }
}
