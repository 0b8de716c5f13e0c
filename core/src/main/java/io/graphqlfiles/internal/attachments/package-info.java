/**
 * Files that belong to records. With the arguments of a mutation and its result it is known which files which record
 * gets or loses; that goes to the attachment store within the application's transaction. The way out is here too:
 * attached fields read their files, many records at once.
 *
 * <p>It is given what came in and knows nothing of how: {@code internal.ingest} uses this package, never the other way
 * round.
 */
@NullMarked
package io.graphqlfiles.internal.attachments;

import org.jspecify.annotations.NullMarked;
