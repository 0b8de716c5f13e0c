/**
 * Reads a finished schema, once: which fields take or give files, under which rules, where files stand in arguments,
 * and how to find whose the attached ones are. A schema and a registry go in,
 * {@link io.graphqlfiles.internal.schema.FileFields} comes out, or every mistake at once. Nothing here runs when a
 * request comes.
 */
@NullMarked
package io.graphqlfiles.internal.schema;

import org.jspecify.annotations.NullMarked;
