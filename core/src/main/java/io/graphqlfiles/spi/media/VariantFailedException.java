package io.graphqlfiles.spi.media;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A variant cannot be made of this original, now or later: it is damaged, or larger than what is decoded. Remembered
 * for a while.
 */
public final class VariantFailedException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param message why, for logs */
    public VariantFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
