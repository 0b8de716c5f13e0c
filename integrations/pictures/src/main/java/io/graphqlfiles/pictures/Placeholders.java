package io.graphqlfiles.pictures;

import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tiny pictures to show while others load. As few at once as there are processors: each upload would decode one. */
final class Placeholders {

    private static final Logger LOG = LoggerFactory.getLogger(Placeholders.class);

    private static final VariantRecipe TINY = VariantRecipe.within(8, 8);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final long maxPixels;
    private final Semaphore permits = new Semaphore(Runtime.getRuntime().availableProcessors());

    Placeholders(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    boolean makes(String mimeType, FileFacts facts) {
        Integer width = facts.width();
        Integer height = facts.height();
        return Decoders.TYPES.contains(mimeType)
                && width != null
                && height != null
                && (long) width * height <= maxPixels;
    }

    /** A data: URL; null if it cannot be made, or would have to be waited for too long. */
    @Nullable
    String make(StoredContent content) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            if (!permits.tryAcquire(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        try {
            BufferedImage tiny = Originals.scaled(
                    content, TINY, maxPixels, InProcessVariants.DEFAULT_MAX_BYTES, () -> System.nanoTime() - end > 0);
            String url = "data:image/png;base64,"
                    + Base64.getEncoder().encodeToString(Encoders.encode(tiny, VariantRecipe.Format.PNG, null));
            return url.length() > FileFacts.MAX_PLACEHOLDER_LENGTH ? null : url;
        } catch (IOException e) {
            LOG.debug("There is no placeholder for {}", content, e);
            return null;
        } finally {
            permits.release();
        }
    }
}
