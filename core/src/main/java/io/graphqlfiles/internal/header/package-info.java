/**
 * Reads headers with parameters that others have written, and the file names in them. Internal: may change with any
 * release.
 */
@NullMarked
package io.graphqlfiles.internal.header;

import org.jspecify.annotations.NullMarked;
