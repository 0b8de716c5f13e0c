package io.graphqlfiles;

import java.io.IOException;

/**
 * A check of the application's own: a virus scan, the dimensions of a picture. Runs after all rules of the field have
 * passed and before the data fetcher sees the file. Called from many threads at once, and for several files of one
 * mutation perhaps in other threads than the mutation's, see
 * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#filesAtOnce}; may block.
 */
@FunctionalInterface
public interface FileValidator {

    /**
     * Returns if the file is fine.
     *
     * @param file what is known of the file, and its bytes for reading
     * @throws FileException to refuse it: the message reaches the client; see {@link FileException#invalid(String)}.
     *     The blob is deleted.
     * @throws IOException if the check cannot be made: the client gets {@link FileErrorCode#FILE_CHECK_FAILED}, the
     *     cause is logged, and the blob is deleted
     * @throws RuntimeException of any other kind: the same
     */
    void validate(FileCandidate file) throws IOException;
}
