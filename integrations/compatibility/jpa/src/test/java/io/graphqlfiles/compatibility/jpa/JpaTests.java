package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The application with the defaults of Spring Boot. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.generate-unique-name=true",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more"
        })
abstract class JpaTests {

    private static final Path ROOT =
            Path.of("target", "files-" + ProcessHandle.current().pid());

    private GraphQlClient client;

    @LocalServerPort
    private int port;

    @Autowired
    GraphQLFiles files;

    @Autowired
    Products products;

    @DynamicPropertySource
    static void store(DynamicPropertyRegistry properties) {
        properties.add("graphql.files.fs.root", ROOT::toString);
    }

    /** What is answered. */
    JsonNode run(String document) throws IOException, InterruptedException {
        return client().run(document);
    }

    /** The result of a field, of an answer without errors. */
    JsonNode data(String document) throws IOException, InterruptedException {
        return client().data(document);
    }

    private synchronized GraphQlClient client() {
        if (client == null) {
            client = new GraphQlClient(port);
        }
        return client;
    }

    /** An input with a small file. */
    static String file(String name) {
        return "{base64: \"aGVsbG8=\", fileName: \"" + name + ".txt\"}";
    }

    /** How often the store of files and the database do not agree, or something is left to do. */
    void nothingIsLeftOver() {
        ReconcileResult result = files.maintenance()
                .reconcile(
                        ReconcileOptions.newReconcileOptions()
                                .orphanGrace(Duration.ZERO)
                                .build(),
                        finding -> {});
        assertThat(result.orphans()).isZero();
        assertThat(result.missing()).isZero();
        AttachmentStatistics rows = files.attachments().statistics();
        assertThat(rows.backlog().announced() + rows.backlog().discarded()).isZero();
        assertThat(result.blobs()).isEqualTo(rows.attached());
    }
}
