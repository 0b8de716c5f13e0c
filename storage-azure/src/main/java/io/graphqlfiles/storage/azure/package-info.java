/** Keeps blobs in a container of Azure Blob Storage. */
@NullMarked
package io.graphqlfiles.storage.azure;

import org.jspecify.annotations.NullMarked;
