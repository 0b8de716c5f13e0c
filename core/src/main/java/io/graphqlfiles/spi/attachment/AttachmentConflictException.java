package io.graphqlfiles.spi.attachment;

import org.jspecify.annotations.Nullable;

/**
 * Another change of the same files came first; nothing of this one was done. The whole unit of work may be tried again.
 */
public final class AttachmentConflictException extends AttachmentStoreException {

    private static final long serialVersionUID = 1;

    public AttachmentConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
