/**
 * Auto-configuration for Spring for GraphQL on Spring MVC: with the starter on the class path and a store and a secret
 * configured, {@code @file} works. Settings are under {@code graphql.files}; beans of the application's own replace
 * what is made here.
 *
 * <p>The promise of this package is to callers: code that compiles against one release compiles against the next.
 */
@NullMarked
package io.graphqlfiles.spring;

import org.jspecify.annotations.NullMarked;
