package io.graphqlfiles;

import graphql.schema.DataFetchingEnvironment;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Records that a field deletes.
 *
 * @param record one of the attached fields of their type
 * @param idPath the argument, and names of input fields, that lead to the id or the list of ids
 * @param said the way to what says, in the result, what was deleted
 * @param saysRecords whether that is a record or records; otherwise it is a yes or no, an id or ids
 */
record RecordDeletion(AttachedField record, List<String> idPath, OwnerPath said, boolean saysRecords) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final int UUID_LENGTH = 36;

    /** The ids of the records that were deleted, as their files are kept under. */
    List<String> ids(@Nullable Object result, DataFetchingEnvironment environment) throws Exception {
        Object saying = said.find(result, environment);
        if (saying == null || saying.equals(false) || (saying instanceof Number count && count.doubleValue() == 0)) {
            return List.of();
        }
        List<String> given = given(environment);
        List<@Nullable Object> names = ObjectProperty.elements(saying);
        if (names != null) {
            return named(given, names, environment);
        }
        List<String> ids = new ArrayList<>(given);
        for (String id : given) {
            ids.addAll(otherSpellings(id, saying, environment));
        }
        return ids;
    }

    private List<String> given(DataFetchingEnvironment environment) {
        Object id = environment.getArguments();
        for (String name : idPath) {
            id = id instanceof Map<?, ?> map ? map.get(name) : null;
        }
        if (id instanceof Collection<?> ids) {
            return ids.stream().map(String::valueOf).toList();
        }
        return id == null ? List.of() : List.of(id.toString());
    }

    private List<String> named(List<String> given, List<@Nullable Object> names, DataFetchingEnvironment environment)
            throws Exception {
        List<String> ids = new ArrayList<>();
        for (Object name : names) {
            String id = idOf(name, environment);
            if (id != null && given.stream().anyMatch(each -> isSame(each, id))) {
                ids.add(id);
            }
        }
        return ids;
    }

    /**
     * The application may take an id in several spellings; files are kept under the one that its records have. A record
     * is taken at its word only where it is the one that was asked for: it may be another, such as the parent.
     */
    private List<String> otherSpellings(String id, Object saying, DataFetchingEnvironment environment)
            throws Exception {
        String ofRecord = saysRecords ? idOf(saying, environment) : null;
        if (ofRecord != null && !ofRecord.equals(id) && isSame(id, ofRecord)) {
            return List.of(ofRecord);
        }
        if (id.length() == UUID_LENGTH) {
            try {
                String canonical = UUID.fromString(id).toString();
                return canonical.equals(id) ? List.of() : List.of(canonical);
            } catch (IllegalArgumentException e) {
                return List.of();
            }
        }
        return List.of();
    }

    private @Nullable String idOf(@Nullable Object value, DataFetchingEnvironment environment) throws Exception {
        if (value == null) {
            return null;
        }
        Object id = saysRecords ? record.ownerId().of(value, environment) : value;
        return id == null ? null : id.toString();
    }

    private static boolean isSame(String given, String id) {
        return given.equalsIgnoreCase(id)
                || (NUMBER.matcher(given).matches()
                        && NUMBER.matcher(id).matches()
                        && new BigInteger(given).equals(new BigInteger(id)));
    }
}
