package io.graphqlfiles.spring;

import io.graphqlfiles.FileField;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * For operators, at {@code /actuator/graphqlfiles} where the application exposes it: which fields and stores there are
 * and whether they answer; a POST sweeps now. Shows no keys, URLs or secrets.
 */
@Endpoint(id = "graphqlfiles")
final class FilesEndpoint {

    private final GraphQLFiles files;
    private final SweepOptions options;

    FilesEndpoint(GraphQLFiles files, SweepOptions options) {
        this.files = files;
        this.options = options;
    }

    @ReadOperation
    Map<String, Object> files() {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Map<String, Object>> fields = new ArrayList<>();
        files.fields().forEach(field -> fields.add(describe(field)));
        answer.put("fields", fields);
        answer.putAll(FileStatusDetails.of(files.maintenance().status()));
        return answer;
    }

    /** Whether or not another node does: their leases keep them from doing the same twice. */
    @WriteOperation
    Map<String, Object> sweep() {
        SweepResult result = files.maintenance().sweep(options);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("deletedUploads", result.deletedBlobs());
        answer.put("removedUnfinishedWrites", result.removedUnfinishedWrites());
        SweepResult.Attachments attachments = result.attachments();
        if (attachments != null) {
            answer.put("deletedAttachments", attachments.deleted());
            answer.put("attachments", FileStatusDetails.of(attachments.backlog()));
        }
        Map<String, Object> failures = new TreeMap<>();
        result.failures().forEach((store, failure) -> failures.put(store, String.valueOf(failure.getMessage())));
        answer.put("failures", failures);
        return answer;
    }

    private static Map<String, Object> describe(FileField field) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("field", field.coordinate());
        description.put("store", field.store());
        description.put("visibility", field.visibility().name().toLowerCase(Locale.ROOT));
        description.put("attached", field.isAttached());
        description.put(
                "sources",
                field.sources().stream().map(FileTags::source).sorted().toList());
        return description;
    }
}
