/** A product catalogue whose products have files: what an application writes to use graphql-java-files with Spring. */
@NullMarked
package io.graphqlfiles.example;

import org.jspecify.annotations.NullMarked;
