package io.graphqlfiles;

import java.io.IOException;

/**
 * Decides about files of fields with {@code review}, after they have been attached and before anybody may read them: a
 * virus scanner that takes its time, for example. Called by {@link io.graphqlfiles.maintenance.FileMaintenance#review},
 * outside of requests, for each file once a node has taken it; after a crash again, on any node. A
 * {@link FileValidator} is one too: {@code validator::validate}. May block. Called from as many threads at once as
 * there are reviews at once.
 */
@FunctionalInterface
public interface FileReviewer {

    /**
     * Returns if the file may be read: it becomes {@link StoredFile.Status#READY}.
     *
     * @param file what is known of the file, and its bytes for reading
     * @throws FileException if it must not be read: it becomes {@link StoredFile.Status#REJECTED}, and its content is
     *     deleted. With {@link FileErrorCode#FILE_CHECK_FAILED} it waits, as after the following
     * @throws IOException if that cannot be decided now: the file stays {@link StoredFile.Status#PENDING} and is given
     *     to the reviewer again later, after half a minute at first, later every 10 minutes
     * @throws RuntimeException of any other kind: the same
     */
    void review(FileCandidate file) throws IOException;
}
