/**
 * {@link io.graphqlfiles.StoredFile} in columns and documents, one package for each kind of library. All of it goes
 * through {@link io.graphqlfiles.StoredFile#toJson()} or {@link io.graphqlfiles.StoredFile#toMap()}, and names no
 * property of a file.
 */
@NullMarked
package io.graphqlfiles.persistence;

import org.jspecify.annotations.NullMarked;
