/**
 * Keeps stores and database in order, outside of requests: sweeps what is abandoned, compares rows with blobs, and
 * makes sure that a store is the one that the database knows. Options go in, counts and findings come out.
 */
@NullMarked
package io.graphqlfiles.internal.maintenance;

import org.jspecify.annotations.NullMarked;
