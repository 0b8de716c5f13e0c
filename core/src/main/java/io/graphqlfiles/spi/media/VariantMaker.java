package io.graphqlfiles.spi.media;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Makes variants of pictures and films: smaller ones, in another format. The library decides when, stores what comes,
 * and asks once for each variant of an original, however many clients ask at the same moment.
 *
 * <p>Called from several threads at once. The original is what a stranger has sent: whatever it holds, the maker must
 * not take more memory than it says, must come to an end within the limit, and must leave nothing behind.
 */
public interface VariantMaker {

    /**
     * Whether it makes such variants. No I/O, and always the same answer: URLs depend on it.
     *
     * @param mimeType of the original, found in its content
     */
    boolean makes(String mimeType, VariantRecipe recipe, VariantRecipe.Format format);

    /**
     * Makes a variant. Blocks.
     *
     * @param original of a type that it {@linkplain #makes makes} such variants of
     * @param format what to encode it as
     * @param limit how long it may take until the last byte is read; the thread is interrupted later on
     * @return the variant, to be read to its end and closed by the caller; closing it early cancels what is still being
     *     done. Its {@code read} may throw what this method throws.
     * @throws VariantFailedException if there is no such variant of this original: asking again does not help
     * @throws IOException if it could not be made this time
     * @throws io.graphqlfiles.spi.BlobStoreException if the original cannot be read
     */
    InputStream make(StoredContent original, VariantRecipe recipe, VariantRecipe.Format format, Duration limit)
            throws IOException;
}
