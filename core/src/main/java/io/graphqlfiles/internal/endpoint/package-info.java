/** The parts of HTTP that serving a file needs: ranges, conditions, dates. Internal: may change with any release. */
@NullMarked
package io.graphqlfiles.internal.endpoint;

import org.jspecify.annotations.NullMarked;
