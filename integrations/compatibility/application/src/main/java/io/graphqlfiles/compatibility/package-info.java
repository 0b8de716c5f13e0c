/** The application that runs on every server: it keeps documents, by the schema of the servers' contract. */
@NullMarked
package io.graphqlfiles.compatibility;

import org.jspecify.annotations.NullMarked;
