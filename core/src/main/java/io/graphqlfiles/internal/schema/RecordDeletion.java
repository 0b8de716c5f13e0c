package io.graphqlfiles.internal.schema;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.spi.IdSpelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records that a field deletes.
 *
 * @param record one of the attached fields of their type
 * @param idPath the argument, and names of input fields, that lead to the id or the list of ids
 * @param when where in the result it says whether, or what, was deleted
 * @param says what it says there
 */
public record RecordDeletion(AttachedField record, List<String> idPath, ResultCondition when, Says says) {

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
        Object id = environment.getArguments();
        for (String name : idPath) {
            id = id instanceof Map<?, ?> map ? map.get(name) : null;
        }
        if (id instanceof Collection<?> ids) {
            return ids.stream()
                    .filter(Objects::nonNull)
                    .<Object>map(each -> each)
                    .toList();
        }
        return id == null ? List.of() : List.of(id);
    }

    /**
     * The ids of the records that were deleted, as their files are kept under.
     *
     * @param uncertain those of {@link #given} that may be spellings of another id, under which there are files
     * @throws FileException if it cannot be known which one it is
     */
    public Set<String> ids(@Nullable Object result, Set<String> uncertain, DataFetchingEnvironment environment)
            throws Exception {
        if (!when.holds(result, environment)) {
            return Set.of();
        }
        List<String> given = given(environment).stream().map(Object::toString).toList();
        if (says == Says.YES_OR_NO) {
            requireCertain(given, uncertain);
            return new LinkedHashSet<>(given);
        }
        Object saying = Objects.requireNonNull(when.said().find(result, environment));
        List<@Nullable Object> all = ObjectProperty.elements(saying);
        List<String> named = new ArrayList<>();
        for (Object each : all == null ? List.of(saying) : all) {
            String id = idOf(each, environment);
            // It may be another record, such as the parent.
            if (id != null && given.stream().anyMatch(one -> IdSpelling.isSimilar(one, id))) {
                named.add(id);
            }
        }
        Set<String> ids = new LinkedHashSet<>(named);
        if (all == null && named.isEmpty()) {
            requireCertain(given, uncertain);
        }
        if (all == null) {
            ids.addAll(given);
        }
        return ids;
    }

    /**
     * Makes sure that every id that was given is certain.
     *
     * @throws FileException if one of the ids may be a spelling of another one
     */
    public static void requireCertain(Collection<String> given, Set<String> uncertain) {
        for (String id : given) {
            if (uncertain.contains(id)) {
                throw new FileException(
                        FileErrorCode.FILE_RECORD_NOT_FOUND,
                        "Expected the id in the spelling in which the record has it, found \"" + id
                                + "\"; nothing was changed.");
            }
        }
    }

    private @Nullable String idOf(@Nullable Object value, DataFetchingEnvironment environment) throws Exception {
        if (value == null) {
            return null;
        }
        Object id = says == Says.RECORDS ? record.ownerId().of(value, environment) : value;
        return id == null ? null : id.toString();
    }
}
