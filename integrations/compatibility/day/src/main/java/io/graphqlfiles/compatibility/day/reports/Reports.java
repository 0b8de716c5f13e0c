package io.graphqlfiles.compatibility.day.reports;

import io.graphqlfiles.StoredFile;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Repository;

@Repository
class Reports {

    private final Map<String, Report> rows = new ConcurrentHashMap<>();

    Report find(String id) {
        return rows.get(id);
    }

    Report save(String title, StoredFile document) {
        if (title.isBlank()) {
            throw new IllegalArgumentException("A report needs a title");
        }
        return put(new Report(UUID.randomUUID().toString(), title, document));
    }

    Report replaceDocument(String id, StoredFile document) {
        Report before = rows.get(id);
        if (before == null) {
            throw new IllegalArgumentException("There is no report " + id);
        }
        put(new Report(id, before.title(), document));
        return before;
    }

    private Report put(Report report) {
        rows.put(report.id(), report);
        return report;
    }
}
