/**
 * The way in. The arguments of a field go in; each file in them is found, checked, stored and replaced by a
 * {@link io.graphqlfiles.StoredFile}; then the application's data fetcher is called, and what becomes of the files
 * follows from what becomes of that call.
 *
 * <p>Read {@code FileDataFetcher} first, then {@code FileIngest} for the four sources and {@code FilePipeline} for what
 * all of them have in common.
 */
@NullMarked
package io.graphqlfiles.internal.ingest;

import org.jspecify.annotations.NullMarked;
