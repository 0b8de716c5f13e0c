/** Fetches files from addresses that clients name. */
@NullMarked
package io.graphqlfiles.internal.copyurl;

import org.jspecify.annotations.NullMarked;
