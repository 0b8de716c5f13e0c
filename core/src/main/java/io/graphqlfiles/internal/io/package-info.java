/** What streams have in common. Internal: may change with any release. */
@NullMarked
package io.graphqlfiles.internal.io;

import org.jspecify.annotations.NullMarked;
