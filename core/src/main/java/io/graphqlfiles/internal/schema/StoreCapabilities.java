package io.graphqlfiles.internal.schema;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the declarations of fields may ask of the stores. */
public interface StoreCapabilities {

    /** Name of the store that was given without a name. */
    String DEFAULT_STORE = "default";

    Set<String> names();

    /** Whether clients can read from the store by URL. */
    boolean isReachable(String store);

    /** Whether there is a place to keep which files belong to which records. */
    boolean keepsAttachments();

    /** Whether fields that do not say are attached. */
    boolean attachesByDefault();

    /** Why clients cannot upload directly to the store, in words for the developer; null if they can. */
    @Nullable
    String obstacleToDirectUpload(String store);

    /** Whether the size of pictures can be found. */
    boolean analyzesPictures();

    /** Whether metadata can be removed. */
    boolean stripsMetadata();

    /** Why variants of files in the store cannot be had, in words for the developer; null if they can. */
    @Nullable
    String obstacleToVariants(String store);
}
