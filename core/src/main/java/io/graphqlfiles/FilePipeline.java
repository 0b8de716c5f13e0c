package io.graphqlfiles;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutBlob;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way from bytes to a {@link StoredFile}: limits, type from the content, name, the field's rules, the store, the
 * application's own checks. Content is streamed; of the file no more than its head is ever in memory.
 */
final class FilePipeline {

    private final BlobStores stores;
    private final FileKeys keys;
    private final FileChecks checks;
    private final List<FileValidator> validators;

    FilePipeline(BlobStores stores, FileKeys keys, FileChecks checks, List<FileValidator> validators) {
        this.stores = stores;
        this.keys = keys;
        this.checks = checks;
        this.validators = List.copyOf(validators);
    }

    /**
     * Stores a file.
     *
     * @param way the way in which it comes; null if the application stores it by itself
     * @throws FileException if it is refused; nothing is stored then
     * @throws IOException if its content cannot be read; nothing is stored then
     */
    StoredFile store(FileField field, FileSource source, @Nullable FileSourceType way, RequestBudget budget)
            throws IOException {
        if (source.byteSize() != FileSource.UNKNOWN_SIZE) {
            checks.size(field, way, source.byteSize());
        }
        StoredFile file;
        try (InputStream content = source.open()) {
            file = put(field, source, way, content, budget);
        }
        return validate(field, file, () -> checks.size(field, way, file.byteSize()));
    }

    private StoredFile put(
            FileField field, FileSource source, @Nullable FileSourceType way, InputStream content, RequestBudget budget)
            throws IOException {
        long max = checks.maxByteSize(field, way);
        CheckedContent checked = new CheckedContent(content, max, checks.tooLarge(field, max), budget);
        FileChecks.Checked claims =
                checks.content(field, checked.head(FileChecks.HEAD_LENGTH), source.mimeType(), source.fileName());
        BlobInfo blob = stores.store(field.store())
                .put(
                        new PutBlob(
                                keys.permanent(field.visibility()),
                                source.byteSize() == FileSource.UNKNOWN_SIZE ? PutBlob.UNKNOWN_SIZE : source.byteSize(),
                                claims.mimeType(),
                                claims.contentDisposition(),
                                field.visibility()),
                        checked);
        return checks.stored(field, blob, claims);
    }

    /**
     * Puts a stored file before the application's own checks.
     *
     * @param first a check of ours that goes before them
     * @throws FileException if it is refused; its blob is deleted then, and after every other failure
     */
    StoredFile validate(FileField field, StoredFile file, Runnable first) throws IOException {
        BlobStore store = stores.store(file.store());
        try {
            first.run();
            FileCandidate candidate = new FileCandidate(field, file, store);
            for (FileValidator validator : validators) {
                validator.validate(candidate);
            }
            for (FileValidator validator : field.validators()) {
                validator.validate(candidate);
            }
            return file;
        } catch (IOException | RuntimeException | Error e) {
            try {
                store.delete(List.of(file.key()));
            } catch (RuntimeException deletion) {
                e.addSuppressed(deletion);
            }
            throw e;
        }
    }
}
