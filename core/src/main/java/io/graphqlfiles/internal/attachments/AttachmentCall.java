package io.graphqlfiles.internal.attachments;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.internal.blob.AttachmentLifecycle;
import io.graphqlfiles.internal.owner.AttachedField;
import io.graphqlfiles.internal.owner.AttachmentInput;
import io.graphqlfiles.internal.owner.AttachmentPlan;
import io.graphqlfiles.internal.owner.OwnerArgument;
import io.graphqlfiles.internal.owner.OwnerPath;
import io.graphqlfiles.internal.owner.RecordDeletion;
import io.graphqlfiles.internal.owner.RecordIds;
import io.graphqlfiles.internal.owner.ResultCondition;
import io.graphqlfiles.internal.owner.ResultValues;
import io.graphqlfiles.internal.owner.SuppliedIds;
import io.graphqlfiles.spi.BlobReference;
import io.graphqlfiles.spi.attachment.AttachedFile;
import io.graphqlfiles.spi.attachment.AttachmentEdit;
import io.graphqlfiles.spi.attachment.AttachmentSlot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call of a data fetcher changes of attached files, once its result is there. */
public final class AttachmentCall {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentCall.class);

    private final AttachmentPlan plan;
    private final DataFetchingEnvironment environment;
    private final List<AttachmentInput> inputs;
    private final AttachmentLifecycle lifecycle;
    /** By the type of the record. */
    private final Map<String, SuppliedIds> givenIds = new HashMap<>();

    private AttachmentCall(
            AttachmentPlan plan,
            DataFetchingEnvironment environment,
            List<AttachmentInput> inputs,
            AttachmentLifecycle lifecycle) {
        this.plan = plan;
        this.environment = environment;
        this.inputs = inputs;
        this.lifecycle = lifecycle;
    }

    /**
     * Begins a call: looks up the ids of records that its arguments name.
     *
     * @throws FileException if one may be the spelling of another, and the result will not say which one it is
     * @throws io.graphqlfiles.spi.attachment.AttachmentStoreException if the database fails
     */
    static AttachmentCall begin(
            AttachmentPlan plan,
            DataFetchingEnvironment environment,
            List<AttachmentInput> inputs,
            AttachmentLifecycle lifecycle) {
        AttachmentCall call = new AttachmentCall(plan, environment, inputs, lifecycle);
        call.lookUpIds();
        return call;
    }

    private void lookUpIds() {
        Map<String, List<Object>> given = new LinkedHashMap<>();
        for (RecordDeletion deletion : plan.deletions()) {
            given.computeIfAbsent(deletion.record().ownerType(), type -> new ArrayList<>())
                    .addAll(deletion.given(environment));
        }
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (AttachmentInput input : inputs) {
            AttachmentPlan.Place place = place(input);
            if (place.owner() instanceof OwnerArgument argument) {
                Object id = given(place.field(), argument, input);
                given.computeIfAbsent(place.field().ownerType(), type -> new ArrayList<>())
                        .add(id);
                owners.computeIfAbsent(place.field().ownerType(), type -> new ArrayList<>())
                        .add(id.toString());
            }
        }
        given.forEach((type, ids) -> givenIds.put(type, SuppliedIds.lookUp(lifecycle.rows(), type, ids)));
        owners.forEach((type, ids) -> ids.forEach(of(type)::requireCertain));
        for (RecordDeletion deletion : plan.deletions()) {
            if (deletion.says() == RecordDeletion.Says.YES_OR_NO) {
                deletion.given(environment)
                        .forEach(id -> of(deletion.record().ownerType()).requireKnown(id.toString()));
            }
        }
    }

    private SuppliedIds of(String ownerType) {
        return Objects.requireNonNull(givenIds.get(ownerType), ownerType);
    }

    /**
     * Changes the rows. To be called in the unit of work. Files of inputs whose record is not in the result, or did not
     * take them, are not attached: a result that is an object of the application's says itself what went wrong.
     *
     * @param stored for each of {@link io.graphqlfiles.internal.ingest.FileInputs#files()}
     * @return what to delete after the commit
     */
    Collection<BlobReference> attach(@Nullable Object result, List<StoredFile> stored) throws Exception {
        ResultValues values = new ResultValues(result, environment);
        List<BlobReference> discarded = new ArrayList<>();
        Map<AttachmentSlot, AttachmentInput> bySlot = new LinkedHashMap<>();
        for (AttachmentInput input : inputs) {
            AttachmentSlot slot = slot(input, values);
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
        bySlot.forEach((slot, input) -> edits.add(lifecycle.edit(slot, present -> edit(input, present, stored))));
        if (!edits.isEmpty()) {
            discarded.addAll(lifecycle.change(edits));
        }
        discarded.addAll(delete(values));
        return discarded;
    }

    private AttachmentPlan.Place place(AttachmentInput input) {
        return Objects.requireNonNull(
                plan.places().get(input.place()), () -> input.coordinate() + ": not seen when the schema was read");
    }

    /** Whose files they become; null if nobody's. */
    private @Nullable AttachmentSlot slot(AttachmentInput input, ResultValues result) throws Exception {
        AttachmentPlan.Place place = place(input);
        if (result.isNothing()) {
            throw notFound("There is no " + place.field().ownerType() + " that the file could belong to");
        }
        ResultCondition when = place.when();
        if (when != null && !when.holds(result)) {
            return null;
        }
        AttachedField field = place.field();
        String id = place.owner() instanceof OwnerPath path
                ? path.find(input, result)
                : ownerInArguments(field, (OwnerArgument) place.owner(), input);
        if (id == null) {
            // Who has forgotten to put it there looks for the file.
            LOG.info("{}: no {} in the result of {}, so a file was not kept", field, field.ownerType(), field());
        }
        return id == null ? null : field.slot(attachable(field, id));
    }

    private String ownerInArguments(AttachedField field, OwnerArgument argument, AttachmentInput input) {
        return of(field.ownerType()).spelledAsKept(given(field, argument, input).toString());
    }

    private Object given(AttachedField field, OwnerArgument argument, AttachmentInput input) {
        Object id = argument.given(input, environment);
        if (id == null) {
            throw notFound("Expected the id of the " + field.ownerType() + " in "
                    + argument.id().path() + ", found none");
        }
        return id;
    }

    private static FileException notFound(String problem) {
        return new FileException(FileErrorCode.FILE_RECORD_NOT_FOUND, problem + "; nothing was changed.");
    }

    private static String attachable(AttachedField field, String id) {
        if (!RecordIds.canHaveFiles(id)) {
            throw FileException.invalid("Files cannot belong to this " + field.ownerType() + ": expected an id of "
                    + RecordIds.EXPECTED + ", found another; nothing was changed.");
        }
        return id;
    }

    private static String print(List<Object> path) {
        return path.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    private List<AttachedFile> edit(AttachmentInput input, List<AttachedFile> present, List<StoredFile> stored) {
        List<StoredFile> files =
                present.stream().map(AttachmentLifecycle::stored).toList();
        return lifecycle.attached(
                input.edit(files, stored), present, place(input).field().field().isReviewed());
    }

    private String field() {
        return environment.getExecutionStepInfo().getPath().toString();
    }

    private List<BlobReference> delete(ResultValues result) throws Exception {
        // In one order, so that two calls do not wait for each other in a circle.
        Map<String, Set<String>> deleted = new TreeMap<>();
        for (RecordDeletion deletion : plan.deletions()) {
            String type = deletion.record().ownerType();
            SuppliedIds given = of(type);
            for (String id : deletion.ids(result, given)) {
                deleted.computeIfAbsent(type, each -> new TreeSet<>()).add(given.spelledAsKept(id));
            }
        }
        List<BlobReference> discarded = new ArrayList<>();
        deleted.forEach((type, ids) -> ids.forEach(id -> discarded.addAll(lifecycle.discardAll(type, id))));
        return discarded;
    }
}
