/** A subgraph of a federated graph. */
@NullMarked
package io.graphqlfiles.compatibility.federation;

import org.jspecify.annotations.NullMarked;
