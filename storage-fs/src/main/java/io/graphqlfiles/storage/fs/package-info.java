/**
 * Keeps blobs in a directory of the local file system: {@link io.graphqlfiles.storage.fs.FileSystemBlobStore}.
 *
 * <p>The promise of this package is to callers: code that compiles against one release compiles against the next, and a
 * directory that one release wrote is read by the next.
 */
@NullMarked
package io.graphqlfiles.storage.fs;

import org.jspecify.annotations.NullMarked;
