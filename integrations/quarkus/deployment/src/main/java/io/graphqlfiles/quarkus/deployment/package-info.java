/** What Quarkus does when it builds an application with file fields. */
@NullMarked
package io.graphqlfiles.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
