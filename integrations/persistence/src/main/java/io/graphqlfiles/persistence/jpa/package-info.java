/**
 * {@link io.graphqlfiles.StoredFile} in columns of JPA, and what Hibernate needs to find it. As in the packages next to
 * this one, all of it goes through {@link io.graphqlfiles.StoredFile#toJson()} and names no property of a file.
 */
@NullMarked
package io.graphqlfiles.persistence.jpa;

import org.jspecify.annotations.NullMarked;
