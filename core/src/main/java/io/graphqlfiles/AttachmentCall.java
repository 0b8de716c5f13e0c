package io.graphqlfiles;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.OutcomeFrame.RejectedResultException;
import io.graphqlfiles.spi.AttachedFile;
import io.graphqlfiles.spi.AttachmentChange;
import io.graphqlfiles.spi.AttachmentEdit;
import io.graphqlfiles.spi.AttachmentSlot;
import io.graphqlfiles.spi.BlobReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call of a data fetcher changes of attached files, once its result is there. */
final class AttachmentCall {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentCall.class);

    private final AttachmentPlan plan;
    private final DataFetchingEnvironment environment;
    private final List<AttachmentInput> inputs;
    private final List<StoredFile> stored;
    private final AttachmentLifecycle lifecycle;

    AttachmentCall(
            AttachmentPlan plan,
            DataFetchingEnvironment environment,
            List<AttachmentInput> inputs,
            List<StoredFile> stored,
            AttachmentLifecycle lifecycle) {
        this.plan = plan;
        this.environment = environment;
        this.inputs = inputs;
        this.stored = stored;
        this.lifecycle = lifecycle;
    }

    /**
     * Changes the rows. To be called in the unit of work.
     *
     * @return what is to be deleted after the commit
     * @throws RejectedResultException if the result is an object of the application's without the record: it says
     *     itself what went wrong
     */
    Collection<BlobReference> attach(@Nullable Object result) throws Exception {
        Map<AttachmentSlot, AttachmentInput> bySlot = new LinkedHashMap<>();
        for (AttachmentInput input : inputs) {
            AttachmentInput other = bySlot.putIfAbsent(slot(input, result), input);
            if (other != null) {
                throw FileException.invalid("Two inputs are for the files of the same record: " + print(other.path())
                        + " and " + print(input.path()) + "; nothing was changed.");
            }
        }
        List<AttachmentEdit> edits = new ArrayList<>();
        bySlot.forEach((slot, input) -> edits.add(new AttachmentEdit(slot, present -> edit(input, present))));
        List<BlobReference> discarded = new ArrayList<>();
        if (!edits.isEmpty()) {
            for (AttachmentChange change : lifecycle.rows().change(edits, lifecycle.dueAt())) {
                discarded.addAll(change.discarded());
            }
        }
        discarded.addAll(delete(result));
        return discarded;
    }

    private AttachmentSlot slot(AttachmentInput input, @Nullable Object result) throws Exception {
        AttachmentPlan.Place place = plan.places().get(input.coordinate());
        if (place == null) {
            throw new IllegalStateException(input.coordinate() + ": not seen when the schema was read");
        }
        AttachedField field = place.field();
        Object owner = owner(place, input, result);
        return field.slot(field.ownerId().require(owner, environment));
    }

    private static String print(List<Object> path) {
        return path.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    private List<AttachedFile> edit(AttachmentInput input, List<AttachedFile> present) {
        List<StoredFile> files =
                present.stream().map(AttachmentLifecycle::stored).toList();
        return input.edit(files, stored).stream()
                .map(AttachmentLifecycle::attached)
                .toList();
    }

    private Object owner(AttachmentPlan.Place place, AttachmentInput input, @Nullable Object result) throws Exception {
        OwnerPath path = place.owner();
        Integer index = input.index();
        Object owner;
        if (path.isList() && index != null) {
            List<?> owners = path.findAll(result, environment);
            int expected = input.listSize(environment.getArguments());
            if (owners != null && owners.size() != expected) {
                throw new IllegalStateException(place.field() + ": expected a record for each of " + expected
                        + " inputs, found " + owners.size());
            }
            owner = owners == null ? null : owners.get(index);
        } else {
            owner = path.find(result, environment);
        }
        if (owner != null) {
            return owner;
        }
        if (OwnerPath.data(result) != null && !path.properties().isEmpty()) {
            // Who has forgotten to put it there looks for the changes that were rolled back.
            LOG.info("{}: no {} in the result of {}, so nothing was changed", place.field(), path.ownerType(), field());
            throw new RejectedResultException(result);
        }
        throw FileException.invalid(
                "There is no " + path.ownerType() + " that the file could belong to; nothing was changed.");
    }

    private String field() {
        return environment.getExecutionStepInfo().getPath().toString();
    }

    private List<BlobReference> delete(@Nullable Object result) throws Exception {
        List<BlobReference> discarded = new ArrayList<>();
        RecordDeletion deletion = plan.deletion();
        if (deletion != null) {
            for (String id : deletion.ids(result, environment)) {
                discarded.addAll(lifecycle.rows().discardAll(deletion.record().ownerType(), id, lifecycle.dueAt()));
            }
        }
        return discarded;
    }
}
