package io.graphqlfiles.compatibility.day.reports;

import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

@Service
class ReportImport {

    private final Reports reports;
    private final GraphQLFiles files;

    ReportImport(Reports reports, GraphQLFiles files) {
        this.reports = reports;
        this.files = files;
    }

    // tag::import
    /** Returns which of them a rule of the field has refused. */
    List<Path> importAll(Path directory) throws IOException {
        List<Path> refused = new ArrayList<>();
        try (Stream<Path> found = Files.list(directory)) {
            for (Path path : found.sorted().toList()) {
                try {
                    StoredFile document = files.store("Report.document", FileSource.of(path));
                    reports.save(path.getFileName().toString(), document);
                } catch (FileException e) {
                    refused.add(path);
                }
            }
        }
        return refused;
    }
    // end::import
}
