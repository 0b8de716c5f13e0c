package io.graphqlfiles.internal.variant;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.internal.mime.StoredTypes;
import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantFailedException;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one variant and stores it. */
record VariantJob(
        BlobStore store,
        String key,
        VariantKeys.VariantKey names,
        VariantRecipe recipe,
        VariantChoice choice,
        Duration limit,
        long maxByteSize) {

    /**
     * Makes it, unless somebody else has meanwhile.
     *
     * @return null if there is no original, or nobody makes such a variant of it
     * @throws VariantFailedException if it cannot be made
     * @throws IOException if it could not be made this time
     * @throws io.graphqlfiles.spi.BlobStoreException if the store fails
     */
    @Nullable
    BlobInfo make() throws IOException {
        BlobInfo original = store.stat(names.original());
        if (original == null) {
            return null;
        }
        String type = StoredTypes.typeOf(original.contentType());
        VariantChoice.Chosen chosen = choice.ofMakers(type, recipe);
        if (chosen == null || chosen.maker() == null) {
            return null;
        }
        StoredContent content = new StoredContent(store, original.key(), type, original.byteSize());
        BlobInfo made;
        try (InputStream variant = chosen.maker().make(content, recipe, chosen.format(), limit)) {
            made = store.put(
                    new PutRequest(
                            key,
                            PutRequest.UNKNOWN_SIZE,
                            chosen.format().mimeType(),
                            "inline",
                            FileKeys.visibilityOf(key)),
                    new Bounded(variant, maxByteSize));
        } catch (BlobAlreadyExistsException e) {
            // By another node, of the same bytes to all that matters.
            made = store.stat(key);
        } catch (BlobNotFoundException e) {
            return null; // deleted meanwhile
        }
        return isOriginalGone() ? null : made;
    }

    /** Whoever deletes a file deletes its variants after it: one that comes later is ours to delete. */
    private boolean isOriginalGone() {
        if (store.stat(names.original()) != null) {
            return false;
        }
        store.delete(List.of(key));
        return true;
    }

    private static final class Bounded extends FilterInputStream {

        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new VariantFailedException("the variant is larger than is stored", null);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
