/** For JPA, and what Hibernate needs to find it. */
@NullMarked
package io.graphqlfiles.persistence.jpa;

import org.jspecify.annotations.NullMarked;
