package io.graphqlfiles.compatibility.day.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

@Controller
class ReportController {

    private final Reports reports;
    private final GraphQLFiles files;

    ReportController(Reports reports, GraphQLFiles files) {
        this.reports = reports;
        this.files = files;
    }

    @QueryMapping
    Report report(@Argument String id) {
        return reports.find(id);
    }

    // tag::store
    @MutationMapping
    Report createReport(@Argument String title, @Argument List<String> lines, DataFetchingEnvironment environment)
            throws IOException {
        byte[] csv = String.join("\n", lines).getBytes(UTF_8);
        StoredFile document = FileChanges.of(environment)
                .store("Report.document", FileSource.of(csv).withFileName("report.csv"));
        return reports.save(title, document);
    }
    // end::store

    // tag::copy
    @MutationMapping
    Report copyReport(@Argument String id, DataFetchingEnvironment environment) throws IOException {
        Report report = reports.find(id);
        StoredFile original = report.document();
        StoredFile copy = FileChanges.of(environment)
                .store(
                        "Report.document",
                        FileSource.of(() -> files.open(original))
                                .withByteSize(original.byteSize())
                                .withFileName(original.fileName())
                                .withMimeType(original.mimeType()));
        return reports.save("Copy of " + report.title(), copy);
    }
    // end::copy
}
