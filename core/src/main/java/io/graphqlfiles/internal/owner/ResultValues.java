package io.graphqlfiles.internal.owner;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.internal.owner.ResultWay.Element;
import io.graphqlfiles.internal.owner.ResultWay.Property;
import io.graphqlfiles.internal.owner.ResultWay.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is in the result of one call. Each object is asked once for each field, however many inputs it concerns:
 * the data fetcher of the field may go to the database. Used by one thread at a time.
 */
public final class ResultValues {

    private final @Nullable Object result;
    private final DataFetchingEnvironment environment;
    /** By the steps, and the places in lists, that lead there. */
    private final Map<List<Object>, Optional<Object>> known = new HashMap<>();

    /** @param result as the data fetcher has returned it */
    public ResultValues(@Nullable Object result, DataFetchingEnvironment environment) {
        this.result = ResultWay.data(result);
        this.environment = environment;
    }

    /** Whether the result is plain null. */
    public boolean isNothing() {
        return result == null;
    }

    DataFetchingEnvironment environment() {
        return environment;
    }

    /** What is at the end of a way without lists; null also if something on it is. */
    @Nullable
    Object find(ResultWay way) throws Exception {
        return find(way, List.of());
    }

    /**
     * What is at the end of a way; null also if something on it is.
     *
     * @param inLists at which place of each list on it, one after the other
     * @throws IllegalStateException if a list is none, or has another size than the one that goes with it
     */
    @Nullable
    Object find(ResultWay way, List<AttachmentInput.ListPlace> inLists) throws Exception {
        Iterator<AttachmentInput.ListPlace> next = inLists.iterator();
        List<Object> passed = new ArrayList<>();
        Object found = result;
        for (Step step : way.steps()) {
            if (found == null) {
                return null;
            }
            passed.add(step);
            found = ask(List.copyOf(passed), found, step);
            if (step == Element.OF_LIST) {
                AttachmentInput.ListPlace place = next.next();
                passed.add(place.index());
                found = element((List<?>) Objects.requireNonNull(found), place, way);
            }
        }
        return found;
    }

    private @Nullable Object ask(List<Object> passed, Object value, Step step) throws Exception {
        Optional<Object> answer = known.get(passed);
        if (answer == null) {
            answer = Optional.ofNullable(
                    step instanceof Property of ? of.property().of(value, environment) : elements(value));
            known.put(passed, answer);
        }
        return answer.orElse(null);
    }

    private static List<@Nullable Object> elements(Object value) {
        List<@Nullable Object> elements = ObjectProperty.elements(value);
        if (elements == null) {
            throw new IllegalStateException(
                    "expected a collection, found " + value.getClass().getName());
        }
        return elements;
    }

    private static @Nullable Object element(List<?> all, AttachmentInput.ListPlace place, ResultWay way) {
        if (all.size() != place.size()) {
            throw new IllegalStateException((way.path().isEmpty() ? "the result" : way.path())
                    + ": expected an element for each of " + place.size()
                    + " inputs, null for one that has none, found " + all.size());
        }
        return all.get(place.index());
    }
}
