/**
 * What a file is and what it is called: media types from content, {@code accept} patterns, file names, and writing the
 * header that carries them. Client-supplied names and types are claims and are checked here. Internal: may change with
 * any release.
 */
@NullMarked
package io.graphqlfiles.internal.mime;

import org.jspecify.annotations.NullMarked;
