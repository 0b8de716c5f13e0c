package io.graphqlfiles.internal.owner;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** The argument with the id of the record that files belong to, of a field whose result does not name it. */
public record OwnerArgument(ArgumentWay id) implements AttachmentPlan.Owner {

    /** The id as the data fetcher is given it; null if there is none. */
    public @Nullable Object given(AttachmentInput input, DataFetchingEnvironment environment) {
        return id.valueBeside(input.path(), environment.getArguments());
    }

    @Override
    public String place() {
        return "argument " + id.path();
    }
}
