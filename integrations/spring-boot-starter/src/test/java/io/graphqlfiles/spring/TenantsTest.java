package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.attachments.jdbc.JdbcAttachmentStore;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.ReconcileOptions;
import io.graphqlfiles.maintenance.ReconcileResult;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachmentRow;
import io.graphqlfiles.spring.docs.TenantsConfiguration.CurrentTenant;
import io.graphqlfiles.spring.docs.TenantsConfiguration.TenantDatabases;
import io.graphqlfiles.spring.tenants.TenantsApplication;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;

/** Two tenants behind a routing DataSource, which has no database for whoever works for none. */
@SpringBootTest(
        classes = {TenantsApplication.class, TenantsTest.Everyone.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:starter-attachments/",
            "spring.sql.init.mode=never",
            "graphql.files.attachments.enabled=true",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more"
        })
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class TenantsTest {

    private static final String CREATE =
            "mutation($i: StoredFileInput) { createProduct(name: \"Cup\", image: $i) { id image { url } } }";

    @TestConfiguration(proxyBeanMethods = false)
    static class Everyone {

        @Bean
        FileAuthorizer authorizer() {
            return access -> true;
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private GraphQLFiles files;

    @Autowired
    private BlobStore blobs;

    @Autowired
    private JdbcAttachmentStore rows;

    @Autowired
    private TenantDatabases databases;

    private HttpGraphQl as(String tenant) {
        return new HttpGraphQl(URI.create("http://localhost:" + port)).header("X-Tenant", tenant);
    }

    private static Map<String, Object> text(String text) {
        return Map.of("base64", java.util.Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    private String create(String tenant, String text) {
        JsonNode answer = as(tenant).run(CREATE, Map.of("i", text(text)));
        assertThat(answer.get("errors")).isNull();
        return answer.at("/data/createProduct/image/url").asString();
    }

    private List<String> keys() {
        return ((InMemoryBlobStore) blobs)
                .keys().stream().filter(key -> !key.endsWith("/identity")).toList();
    }

    @Test
    void startMakesTheTables_andAnIdentityForEach() {
        databases
                .byTenant()
                .values()
                .forEach(database -> assertThat(JdbcClient.create(database)
                                .sql("select count(*) from graphql_files_attachment")
                                .query(Long.class)
                                .single())
                        .isZero());
        assertThat(((InMemoryBlobStore) blobs).keys())
                .containsExactlyInAnyOrder("private/attached/acme/identity", "private/attached/bolt/identity");
    }

    @Test
    void neitherSeesTheOthersFiles() {
        String url = create("acme", "of acme");

        assertThat(url).contains("/private/attached/acme/");
        assertThat(as("acme").get(url).body()).asString(UTF_8).isEqualTo("of acme");
        assertThat(as("acme").run("{ products { image { url } } }", Map.of()).at("/data/products"))
                .hasSize(1);
        assertThat(as("bolt").run("{ products { image { url } } }", Map.of()).at("/data/products"))
                .isEmpty();
    }

    @Test
    void tokenOfOne_isRefusedToTheOther() {
        String start = """
                mutation { startFileUpload(input: {field: "Product.image", fileName: "a.txt", byteSize: 4}) {
                  token request { url method headers { name value } } } }
                """;
        JsonNode upload = as("acme").run(start, Map.of()).at("/data/startFileUpload");
        as("acme").upload(upload.get("request"), "text".getBytes(UTF_8));
        Map<String, Object> variables =
                Map.of("i", Map.of("directUploadToken", upload.get("token").asString()));

        JsonNode refused = as("bolt").run(CREATE, variables);

        assertThat(refused.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_FORBIDDEN");
        assertThat(as("acme").run(CREATE, variables).get("errors")).isNull();
    }

    /** Each with its own database at the same moment, and files that are stored side by side. */
    @Test
    void manyAtOnce_eachGetsItsOwn() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Future<String>> urls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String tenant = i % 2 == 0 ? "acme" : "bolt";
                Callable<String> creating = () -> create(tenant, "of " + tenant);
                urls.add(clients.submit(creating));
            }
            for (int i = 0; i < 64; i++) {
                assertThat(urls.get(i).get()).contains(i % 2 == 0 ? "/acme/" : "/bolt/");
            }
        } finally {
            clients.shutdown();
        }
        for (String tenant : List.of("acme", "bolt")) {
            CurrentTenant.run(
                    tenant,
                    () -> assertThat(rows.list(AttachmentRow.State.ATTACHED, null, 100)
                                    .rows())
                            .hasSize(32)
                            .allSatisfy(row -> assertThat(row.blob().key()).startsWith("private/attached/" + tenant)));
        }
    }

    @Test
    void sweepAndReconcile_goThroughBoth_andDeleteNothingOfTheOther() {
        create("acme", "one");
        create("bolt", "two");
        as("bolt").run("mutation { deleteProduct(id: 1) }", Map.of());
        // As a process that died before it had deleted the bytes.
        create("bolt", "left");
        CurrentTenant.run(
                "bolt", () -> rows.discardAll("Product", "2", Instant.now().minus(Duration.ofMinutes(1))));
        assertThat(keys()).hasSize(2);

        SweepResult swept = files.maintenance().sweep();
        ReconcileResult compared = files.maintenance()
                .reconcile(
                        ReconcileOptions.newReconcileOptions()
                                .orphanGrace(Duration.ZERO)
                                .deletesOrphans(true)
                                .build(),
                        finding -> {});

        assertThat(swept.failures()).isEmpty();
        assertThat(swept.attachments().deleted()).isEqualTo(1);
        assertThat(compared).isEqualTo(new ReconcileResult(1, 1, 0, 0, 0, 0, 0, true));
        assertThat(keys()).singleElement().satisfies(key -> assertThat(key).contains("/acme/"));
    }

    @Test
    void status_asksTheStores_andNobodysDatabase() {
        assertThat(files.maintenance().status().failures()).isEmpty();
        assertThat(files.maintenance().status().backlog()).isNull();
    }
}
