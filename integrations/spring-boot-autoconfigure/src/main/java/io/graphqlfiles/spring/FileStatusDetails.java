package io.graphqlfiles.spring;

import io.graphqlfiles.maintenance.FileStatus;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the actuator shows of {@link FileStatus}: text and numbers, which every version of Jackson writes alike. */
final class FileStatusDetails {

    private FileStatusDetails() {}

    static Map<String, Object> of(FileStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        Map<String, Object> stores = new TreeMap<>();
        status.stores().forEach(store -> stores.put(store, "reachable"));
        status.failures().forEach((store, failure) -> stores.put(store, String.valueOf(failure.getMessage())));
        details.put("stores", stores);
        if (status.backlog() != null) {
            details.put("attachments", of(status.backlog()));
        }
        return details;
    }

    static Map<String, Object> of(AttachmentStatistics.Backlog backlog) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("announced", backlog.announced());
        details.put("discarded", backlog.discarded());
        details.put("kept", backlog.kept());
        put(details, "oldestAnnounced", backlog.oldestAnnounced());
        put(details, "oldestDueDeletion", backlog.oldestDiscarded());
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Instant time) {
        if (time != null) {
            details.put(name, time.toString());
        }
    }
}
