/**
 * The vocabulary of the library: files, fields and their rules, limits, errors, and the contracts that an application
 * fulfils. Applications are written against this package; an instance of the library is built with
 * {@link io.graphqlfiles.engine.GraphQLFiles}.
 *
 * <p>Everything here is a value or an interface. It uses no package that does the work; those all use it.
 *
 * <p>The promise of this package is to callers: code that compiles against one release compiles against the next.
 */
@NullMarked
package io.graphqlfiles;

import org.jspecify.annotations.NullMarked;
