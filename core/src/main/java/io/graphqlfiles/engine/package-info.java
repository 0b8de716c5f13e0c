/**
 * Where the library is put together. {@link io.graphqlfiles.engine.GraphQLFiles} is the place to start: its builder
 * takes the settings, {@code Assembly} makes the parts from them and fits them together, and the facade passes calls
 * on.
 *
 * <p>This is the one package that may know every other, and none may know it. What happens to a file does not stand
 * here: follow the part that {@code Assembly} hands the call to.
 */
@NullMarked
package io.graphqlfiles.engine;

import org.jspecify.annotations.NullMarked;
