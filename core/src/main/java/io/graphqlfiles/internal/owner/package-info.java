/**
 * Whose attached files are: the ways to a record and its id, through what a data fetcher returns and through the
 * arguments that it was given. {@code internal.schema} plans them when the schema is built;
 * {@code internal.attachments} goes them when a mutation has answered.
 */
@NullMarked
package io.graphqlfiles.internal.owner;

import org.jspecify.annotations.NullMarked;
