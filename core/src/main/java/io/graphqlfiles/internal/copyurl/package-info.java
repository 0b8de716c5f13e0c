/** Fetches files from URLs that clients name, from public addresses only. Internal: may change with any release. */
@NullMarked
package io.graphqlfiles.internal.copyurl;

import org.jspecify.annotations.NullMarked;
