/**
 * What a store must do that remembers which files belong to which records. Implement
 * {@link io.graphqlfiles.spi.attachment.AttachmentStore}; prove it with {@code AttachmentStoreContract} of the testkit.
 * The module attachments-jdbc has one for SQL databases.
 *
 * <p>Core calls, the store answers, in the transaction of the calling thread where its methods say so. Blobs are known
 * by {@link io.graphqlfiles.spi.BlobReference} alone: nothing here reads or writes bytes.
 *
 * <p>The promise of this package is to implementors: new methods arrive only with a default that works.
 */
@NullMarked
package io.graphqlfiles.spi.attachment;

import org.jspecify.annotations.NullMarked;
