/**
 * A pull parser for {@code multipart/form-data} (RFC 7578, RFC 2046) that hands a part on while it is still arriving.
 * Free of servlet types. For this project's own use: anything here may change in any release.
 */
@NullMarked
package io.graphqlfiles.internal.multipart;

import org.jspecify.annotations.NullMarked;
