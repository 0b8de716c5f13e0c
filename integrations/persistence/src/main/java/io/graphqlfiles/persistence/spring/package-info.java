/** For Spring Data. */
@NullMarked
package io.graphqlfiles.persistence.spring;

import org.jspecify.annotations.NullMarked;
