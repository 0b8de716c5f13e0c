package io.graphqlfiles.internal.attachments;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.schema.AttachedField;
import io.graphqlfiles.internal.schema.AttachmentPlan;
import io.graphqlfiles.internal.schema.OwnerPath;
import io.graphqlfiles.internal.schema.RecordDeletion;
import io.graphqlfiles.internal.schema.ResultCondition;
import io.graphqlfiles.spi.AttachedFile;
import io.graphqlfiles.spi.AttachmentChange;
import io.graphqlfiles.spi.AttachmentEdit;
import io.graphqlfiles.spi.AttachmentSlot;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.IdSpelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call of a data fetcher changes of attached files, once its result is there. */
final class AttachmentCall {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentCall.class);
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final AttachmentPlan plan;
    private final DataFetchingEnvironment environment;
    private final List<AttachmentInput> inputs;
    private final List<StoredFile> stored;
    private final AttachmentLifecycle lifecycle;
    private final Set<String> uncertain = new HashSet<>();
    private final Map<String, String> ownerOfUuid = new HashMap<>();

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
     * Changes the rows. To be called in the unit of work. Files of inputs whose record is not in the result, or did not
     * take them, are not attached: a result that is an object of the application's says itself what went wrong.
     *
     * @return what is to be deleted after the commit
     */
    Collection<BlobReference> attach(@Nullable Object result) throws Exception {
        List<BlobReference> discarded = new ArrayList<>();
        Map<AttachmentSlot, AttachmentInput> bySlot = new LinkedHashMap<>();
        for (AttachmentInput input : inputs) {
            AttachmentSlot slot = slot(input, result);
            if (slot == null) {
                input.files(stored).forEach(file -> discarded.add(AttachmentLifecycle.reference(file)));
                continue;
            }
            AttachmentInput other = bySlot.putIfAbsent(slot, input);
            if (other != null) {
                throw FileException.invalid("Two inputs are for the files of the same record: " + print(other.path())
                        + " and " + print(input.path()) + "; nothing was changed.");
            }
        }
        List<AttachmentEdit> edits = new ArrayList<>();
        bySlot.forEach((slot, input) -> edits.add(new AttachmentEdit(slot, present -> edit(input, present))));
        if (!edits.isEmpty()) {
            for (AttachmentChange change : lifecycle.rows().change(edits, lifecycle.dueAt())) {
                discarded.addAll(change.discarded());
            }
        }
        discarded.addAll(delete(result));
        return discarded;
    }

    /** Whose files they become; null if nobody's. */
    private @Nullable AttachmentSlot slot(AttachmentInput input, @Nullable Object result) throws Exception {
        AttachmentPlan.Place place = plan.places().get(input.coordinate());
        if (place == null) {
            throw new IllegalStateException(input.coordinate() + ": not seen when the schema was read");
        }
        ResultCondition when = place.when();
        if (when != null && !when.holds(result, environment)) {
            return null;
        }
        AttachedField field = place.field();
        Object owner = owner(place, input, result);
        return owner == null
                ? null
                : field.slot(attachable(field, field.ownerId().require(owner, environment)));
    }

    private static String attachable(AttachedField field, String id) {
        if (!RecordIds.canHaveFiles(id)) {
            throw FileException.invalid("Files cannot belong to this " + field.ownerType() + ", as its id is none of "
                    + RecordIds.EXPECTED + "; nothing was changed.");
        }
        return id;
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

    private @Nullable Object owner(AttachmentPlan.Place place, AttachmentInput input, @Nullable Object result)
            throws Exception {
        OwnerPath path = place.owner();
        Integer index = input.index();
        boolean isInList = false;
        Object owner;
        if (path.isList() && index != null) {
            isInList = true;
            List<?> owners = path.findAll(result, environment);
            int expected = input.listSize(environment.getArguments());
            if (owners != null && owners.size() != expected) {
                throw new IllegalStateException(place.field() + ": expected a record for each of " + expected
                        + " inputs, null for one that has none, found " + owners.size());
            }
            owner = owners == null ? null : owners.get(index);
        } else {
            owner = path.find(result, environment);
        }
        if (owner == null
                && (OwnerPath.data(result) == null
                        || (!isInList && path.properties().isEmpty() && path.oneOf() == null))) {
            throw new FileException(
                    FileErrorCode.FILE_RECORD_NOT_FOUND,
                    "There is no " + path.ownerType() + " that the file could belong to; nothing was changed.");
        }
        if (owner == null) {
            // Who has forgotten to put it there looks for the file.
            LOG.info("{}: no {} in the result of {}, so a file was not kept", place.field(), path.ownerType(), field());
        }
        return owner;
    }

    private String field() {
        return environment.getExecutionStepInfo().getPath().toString();
    }

    /**
     * Finds which of the ids that are to be deleted may be spellings of others, before anything is changed.
     *
     * @throws FileException if the result will not say which one it is
     */
    void prepare() {
        RecordDeletion deletion = plan.deletion();
        if (deletion == null) {
            return;
        }
        // What a scalar has parsed is what it is; a text is what the application and its database make of it.
        Set<String> texts = new LinkedHashSet<>();
        for (Object id : deletion.given(environment)) {
            if (id instanceof CharSequence) {
                texts.add(deletable(deletion, id.toString()));
            }
        }
        Set<String> owners = lifecycle.rows().similarOwners(deletion.record().ownerType(), texts);
        for (String id : texts) {
            if (owners.contains(id)) {
                continue;
            }
            for (String owner : owners) {
                if (isSameUuid(owner, id)) {
                    ownerOfUuid.put(id, owner);
                } else if (IdSpelling.isSimilar(owner, id)) {
                    uncertain.add(id);
                }
            }
        }
        if (deletion.says() == RecordDeletion.Says.YES_OR_NO) {
            RecordDeletion.requireCertain(texts, uncertain);
        }
    }

    /** What is longer may still be a spelling of a short one, to which nothing would lead from it. */
    private static String deletable(RecordDeletion deletion, String id) {
        if (!RecordIds.canHaveFiles(id)) {
            throw new FileException(
                    FileErrorCode.FILE_RECORD_NOT_FOUND,
                    "Expected an id of a " + deletion.record().ownerType() + ", of " + RecordIds.EXPECTED
                            + ", found another; nothing was changed.");
        }
        return id;
    }

    /** No two records have keys that are the same UUID, in whatever letters. */
    private static boolean isSameUuid(String one, String other) {
        return UUID.matcher(one).matches() && one.equalsIgnoreCase(other);
    }

    private List<BlobReference> delete(@Nullable Object result) throws Exception {
        List<BlobReference> discarded = new ArrayList<>();
        RecordDeletion deletion = plan.deletion();
        if (deletion != null) {
            // In one order, so that two calls do not wait for each other in a circle.
            Set<String> ids = new TreeSet<>();
            for (String id : deletion.ids(result, uncertain, environment)) {
                ids.add(ownerOfUuid.getOrDefault(id, id));
            }
            for (String id : ids) {
                discarded.addAll(lifecycle.rows().discardAll(deletion.record().ownerType(), id, lifecycle.dueAt()));
            }
        }
        return discarded;
    }
}
