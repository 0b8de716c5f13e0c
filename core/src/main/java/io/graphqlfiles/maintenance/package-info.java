/**
 * What operators and their jobs use, from {@link io.graphqlfiles.engine.GraphQLFiles#maintenance}: sweeping, comparing
 * rows with blobs, and the doctor for buckets. Options go in, results and findings come out. Contracts only; the work
 * is done in {@code internal.maintenance} and {@code internal.doctor}.
 */
@NullMarked
package io.graphqlfiles.maintenance;

import org.jspecify.annotations.NullMarked;
