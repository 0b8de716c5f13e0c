/**
 * What a store for blobs must do. Implement {@link io.graphqlfiles.spi.BlobStore}, and
 * {@link io.graphqlfiles.spi.DirectAccess} where the store's own server takes signed requests; prove it with
 * {@code BlobStoreContract} of the testkit.
 *
 * <p>The promise of this package is to implementors: new methods arrive only with a default that works.
 */
@NullMarked
package io.graphqlfiles.spi;

import org.jspecify.annotations.NullMarked;
