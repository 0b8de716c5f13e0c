package io.graphqlfiles.spring;

import static io.graphqlfiles.spring.HttpGraphQl.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.graphqlfiles.engine.GraphQLFiles;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

@RecordTest
@Import(FileMetricsTest.Registry.class)
class FileMetricsTest {

    private static final String CREATE =
            "mutation ($record: RecordInput!) { created: createRecord(record: $record) { document { id url } } }";

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private GraphQLFiles files;

    @LocalServerPort
    private int port;

    private HttpGraphQl http;

    @TestConfiguration(proxyBeanMethods = false)
    static class Registry {

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    @BeforeEach
    void connect() {
        registry.clear();
        http = new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
    }

    private JsonNode create(Map<String, ?> document) {
        return http.run(CREATE, Map.of("record", Map.of("title", "a", "document", document)));
    }

    @Test
    void stored_isTimedAndMeasured() {
        create(Map.of("base64", Samples.base64(Samples.random(11))));
        create(Map.of("base64", Samples.base64(Samples.random(12))));

        List<String> tags = List.of("field", "Record.document", "source", "base64", "store", "default");
        assertThat(registry.get("graphql.files.store")
                        .tags(tags.toArray(String[]::new))
                        .tag("outcome", "stored")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("graphql.files.stored.size")
                        .tags(tags.toArray(String[]::new))
                        .summary()
                        .totalAmount())
                .isEqualTo(23);
    }

    @Test
    void refused_isCountedByCode() {
        create(Map.of("base64", "not base64!"));

        assertThat(registry.get("graphql.files.refused")
                        .tags("field", "Mutation.createRecord", "code", "FILE_BASE64_INVALID")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void endpoint_countsBytes() {
        String url = text(
                create(Map.of("base64", Samples.base64(Samples.random(11)))).at("/data/created/document"), "url");
        http.get(url);

        await().untilAsserted(() -> assertThat(registry.get("graphql.files.endpoint.sent")
                        .tag("store", "default")
                        .counter()
                        .count())
                .isEqualTo(11));
        assertThat(registry.get("graphql.files.endpoint")
                        .tags("method", "GET", "status", "200")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void sweep_isTimed() {
        files.maintenance().sweep();

        // One of the application's stores is broken.
        assertThat(registry.get("graphql.files.sweep")
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void meters_haveNoSecretsAndNothingThatClientsInvent() {
        JsonNode document = create(Map.of("base64", Samples.base64(Samples.random(9)), "fileName", "salary-of-alice"))
                .at("/data/created/document");
        String url = text(document, "url");
        http.get(url);
        for (int i = 0; i < 20; i++) {
            http.get(url + i);
            http.get("http://127.0.0.1:" + port + "/files/invented" + i + "/key?signature=guess" + i);
            create(Map.of("directUploadToken", "token-" + i));
            create(Map.of("copyURL", "http://10.0.0." + i + "/path-of-the-net"));
            http.run("mutation { invented" + i + ": createRecord(record: {title: \"t\"}) { id } }", Map.of());
            http.run("{ urlForFile(id: \"invented-" + i + "\") { url } }", Map.of());
        }

        await().untilAsserted(() -> assertThat(registry.find("graphql.files.endpoint").timers().stream()
                        .mapToLong(timer -> timer.count())
                        .sum())
                .isEqualTo(41));
        Set<String> ids = registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("graphql.files"))
                .map(id -> id.getName() + id.getTags())
                .collect(Collectors.toSet());
        assertThat(ids).hasSizeBetween(5, 20);
        assertThat(ids.toString())
                .doesNotContain(
                        "invented", "guess", "salary", "token-", "path-of-the-net", "10.0.0", text(document, "id"))
                .doesNotContain(URI.create(url).getRawQuery().split("[=&]"));
    }
}
