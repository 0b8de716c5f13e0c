/**
 * Stores that are made of two: one that files move to from another, and one that has a mirror. They are given to the
 * rest of the library as one store, of one name, so that rows, columns and tokens stay as they are. Copying what is
 * there already is {@code internal.maintenance}'s.
 */
@NullMarked
package io.graphqlfiles.internal.pair;

import org.jspecify.annotations.NullMarked;
