/** Keeps blobs in a bucket of Amazon S3 or a compatible server. */
@NullMarked
package io.graphqlfiles.storage.s3;

import org.jspecify.annotations.NullMarked;
