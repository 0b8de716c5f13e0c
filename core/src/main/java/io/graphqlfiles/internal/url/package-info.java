/**
 * The way out: URLs to read files by. A file goes in, a signed URL that stays the same for a window comes out, without
 * I/O.
 */
@NullMarked
package io.graphqlfiles.internal.url;

import org.jspecify.annotations.NullMarked;
