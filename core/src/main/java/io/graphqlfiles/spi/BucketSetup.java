package io.graphqlfiles.spi;

import java.util.List;

/**
 * Tells how a store's bucket is to be set up, and what its lifecycle rules are. A {@link BlobStore} implements this too
 * when it stands on a service that is configured elsewhere; {@link io.graphqlfiles.maintenance.FileStoreDoctor} asks
 * it. Not needed to keep files.
 */
public interface BucketSetup {

    /**
     * The smallest configuration with which the store can be used so: what the application may do, who may read by URL,
     * whose scripts may send and read, and what the service removes by itself. No I/O.
     *
     * @return texts for the service's own tools, in the order in which they are best applied; what the use does not
     *     need is left out
     */
    List<BucketSetupText> setupTexts(BucketUse use);

    /**
     * Reads the lifecycle rules that the bucket has now. Blocks.
     *
     * @return those in force for the keys of this store; empty if there are none
     * @throws BlobStoreException if the service does not tell: it has no lifecycle rules, or the store's credentials
     *     may not read them
     */
    List<LifecycleRule> lifecycleRules();
}
