/**
 * What stores that send files over a network have in common: the content of an upload, read piece by piece into memory
 * that all uploads of a store share. Internal: may change with any release.
 */
@NullMarked
package io.graphqlfiles.internal.buffer;

import org.jspecify.annotations.NullMarked;
