package io.graphqlfiles.spi.attachment;

import org.jspecify.annotations.Nullable;

/**
 * The database behind an {@link AttachmentStore} failed; whether it did its work is not known. For the operator:
 * clients of the API never see the message.
 */
public class AttachmentStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public AttachmentStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
