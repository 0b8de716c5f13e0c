/** An application with JPA as people write it. */
package io.graphqlfiles.compatibility.jpa;
