package io.graphqlfiles.internal.owner;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** Tells the id of a record, as text: from its field, or by the application's own function. */
@FunctionalInterface
public interface OwnerId {

    /**
     * Asks for the id.
     *
     * @throws IllegalStateException if the record has none
     */
    default String require(Object owner, DataFetchingEnvironment environment) throws Exception {
        Object id = of(owner, environment);
        if (id == null || id.toString().isEmpty()) {
            throw new IllegalStateException("a record of " + owner.getClass().getName()
                    + " has no id, so that no files can be attached to it; see ownerId of @file");
        }
        return id.toString();
    }

    @Nullable
    Object of(Object owner, DataFetchingEnvironment environment) throws Exception;
}
