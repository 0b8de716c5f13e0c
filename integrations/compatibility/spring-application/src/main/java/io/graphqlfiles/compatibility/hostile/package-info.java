/** Clients that mean harm, against a server in a process of its own. */
@NullMarked
package io.graphqlfiles.compatibility.hostile;

import org.jspecify.annotations.NullMarked;
