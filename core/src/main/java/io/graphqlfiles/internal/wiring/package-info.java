/**
 * Puts the library's data fetchers into a finished schema: around fields that take files, for the fields of
 * {@code StoredFile}, and for the library's own queries and mutations. What was read in {@code internal.schema} goes
 * in, a schema that can be executed comes out.
 */
@NullMarked
package io.graphqlfiles.internal.wiring;

import org.jspecify.annotations.NullMarked;
