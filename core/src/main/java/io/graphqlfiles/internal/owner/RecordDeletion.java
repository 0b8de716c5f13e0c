package io.graphqlfiles.internal.owner;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.spi.attachment.IdSpelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of one type that a field deletes.
 *
 * @param record one of the attached fields of their type
 * @param id leads to the id or the ids
 * @param when where in the result it says whether, or what, was deleted
 * @param says what it says there
 */
public record RecordDeletion(AttachedField record, ArgumentWay id, ResultCondition when, Says says) {

    /** What a result says of deleted records. */
    public enum Says {
        /** Whether they were deleted, all or none. */
        YES_OR_NO,
        /** The id of the one, or the ids of those, that were deleted. */
        IDS,
        /** The one, or those, that were deleted; perhaps another record, such as the parent. */
        RECORDS
    }

    /** The ids in the arguments, as the data fetcher is given them. */
    public List<Object> given(DataFetchingEnvironment environment) {
        return id.values(environment.getArguments());
    }

    /**
     * The ids of the records that were deleted, as their files are kept under.
     *
     * @param ids what is known of {@link #given}
     * @throws io.graphqlfiles.FileException if it cannot be known which one it is
     */
    public Set<String> ids(ResultValues result, GivenIds ids) throws Exception {
        if (!when.holds(result)) {
            return Set.of();
        }
        List<String> given =
                given(result.environment()).stream().map(Object::toString).toList();
        if (says == Says.YES_OR_NO) {
            given.forEach(ids::requireKnown);
            return new LinkedHashSet<>(given);
        }
        Object saying = Objects.requireNonNull(result.find(when.said()));
        List<@Nullable Object> all = ObjectProperty.elements(saying);
        List<String> named = new ArrayList<>();
        for (Object each : all == null ? List.of(saying) : all) {
            String its = idOf(each, result.environment());
            // It may be another record, such as the parent.
            if (its != null && given.stream().anyMatch(one -> IdSpelling.isSimilar(one, its))) {
                named.add(its);
            }
        }
        Set<String> deleted = new LinkedHashSet<>(named);
        if (all == null && named.isEmpty()) {
            given.forEach(ids::requireKnown);
        }
        if (all == null) {
            deleted.addAll(given);
        }
        return deleted;
    }

    private @Nullable String idOf(@Nullable Object value, DataFetchingEnvironment environment) throws Exception {
        if (value == null) {
            return null;
        }
        Object id = says == Says.RECORDS ? record.ownerId().of(value, environment) : value;
        return id == null ? null : id.toString();
    }
}
