/**
 * The life of a blob: which stores there are, what its key is, who has announced it, and when it is deleted. Everything
 * that puts, copies or deletes a blob on behalf of a request does so through this package, so that a failure leaves
 * nothing behind that the sweep does not find.
 */
@NullMarked
package io.graphqlfiles.internal.blob;

import org.jspecify.annotations.NullMarked;
