package io.graphqlfiles.internal.owner;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedOutputType;
import org.jspecify.annotations.Nullable;

/**
 * The way from what a data fetcher returns to the record that files belong to, or to its id.
 *
 * @param isId whether there is the id at its end; otherwise there is the record
 * @param oneOf the union or the interface that the record may be of: what is of another type is no record, and says
 *     why; null if the type is that of the record
 */
public record OwnerPath(
        AttachedField field,
        ResultWay way,
        boolean isId,
        @Nullable GraphQLNamedOutputType oneOf) implements AttachmentPlan.Owner {

    /**
     * The id of the record; null if there is no record on the way.
     *
     * @throws IllegalStateException if the record has no id
     */
    public @Nullable String find(AttachmentInput input, ResultValues result) throws Exception {
        DataFetchingEnvironment environment = result.environment();
        Object found = result.find(way, input.inLists(environment.getArguments()));
        if (found == null) {
            return null;
        }
        if (isId) {
            return found.toString();
        }
        return oneOf == null || field.ownerType().equals(TypeOfValue.of(found, oneOf, environment))
                ? field.ownerId().require(found, environment)
                : null;
    }

    @Override
    public String place() {
        return "result " + way.steps();
    }
}
