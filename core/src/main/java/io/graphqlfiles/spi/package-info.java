/**
 * What a store for blobs must do. Implement {@link io.graphqlfiles.spi.BlobStore}; and, where the store's own server
 * can do more, {@link io.graphqlfiles.spi.DirectAccess} for signed requests, {@link io.graphqlfiles.spi.PartUploads}
 * for uploads in parts, {@link io.graphqlfiles.spi.BucketSetup} for the doctor. Prove it with {@code BlobStoreContract}
 * of the testkit.
 *
 * <p>Core calls, the store answers: records go in, facts and streams come out. Nothing here knows fields, requests or
 * GraphQL.
 *
 * <p>The promise of this package is to implementors: new methods arrive only with a default that works.
 */
@NullMarked
package io.graphqlfiles.spi;

import org.jspecify.annotations.NullMarked;
