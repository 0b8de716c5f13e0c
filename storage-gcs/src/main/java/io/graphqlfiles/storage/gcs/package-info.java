/** Keeps blobs in a bucket of Google Cloud Storage. */
@NullMarked
package io.graphqlfiles.storage.gcs;

import org.jspecify.annotations.NullMarked;
