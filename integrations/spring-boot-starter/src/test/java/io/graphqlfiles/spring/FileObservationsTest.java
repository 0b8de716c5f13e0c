package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.SweepOptions;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;

@RecordTest
@Import(FileObservationsTest.Observations.class)
class FileObservationsTest {

    private static final String CREATE =
            "mutation ($record: RecordInput!) { created: createRecord(record: $record) { id } }";

    @Autowired
    private Recorder recorder;

    @Autowired
    private GraphQLFiles files;

    @LocalServerPort
    private int port;

    private HttpGraphQl http;

    @TestConfiguration(proxyBeanMethods = false)
    static class Observations {

        @Bean
        Recorder recorder() {
            return new Recorder();
        }

        /** To which the actuator adds the recorder. */
        @Bean
        ObservationRegistry observationRegistry() {
            return ObservationRegistry.create();
        }

        /** As the actuator adds it. */
        @Bean
        GraphQlObservationInstrumentation graphQlObservations(ObservationRegistry registry) {
            return new GraphQlObservationInstrumentation(registry);
        }
    }

    /** Keeps what was observed of files, and what happened to it in which order. */
    static final class Recorder implements ObservationHandler<Observation.Context> {

        private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();
        private final List<String> steps = new CopyOnWriteArrayList<>();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return "graphql.files.store".equals(context.getName()) || "graphql.files.sweep".equals(context.getName());
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            steps.add("opened");
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            steps.add("closed");
        }

        @Override
        public void onStop(Observation.Context context) {
            steps.add("stopped");
            stopped.add(context);
        }
    }

    @BeforeEach
    void connect() {
        recorder.stopped.clear();
        recorder.steps.clear();
        http = new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
    }

    private Observation.Context observed(Map<String, ?> document) {
        http.run(CREATE, Map.of("record", Map.of("title", "a", "document", document)));
        assertThat(recorder.stopped).hasSize(1);
        return recorder.stopped.get(0);
    }

    private static Map<String, String> tags(Observation.Context context) {
        return context.getLowCardinalityKeyValues().stream()
                .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private static List<String> ancestors(Observation.Context context) {
        List<String> names = new ArrayList<>();
        for (ObservationView parent = context.getParentObservation();
                parent != null;
                parent = parent.getContextView().getParentObservation()) {
            names.add(parent.getContextView().getName());
        }
        return names;
    }

    @Test
    void storedFile_isASpanBelowItsDataFetcher() {
        Observation.Context context = observed(Map.of("base64", Samples.base64(Samples.random(11))));

        assertThat(context.getContextualName()).isEqualTo("graphql file Record.document");
        assertThat(tags(context))
                .containsOnly(
                        Map.entry("field", "Record.document"),
                        Map.entry("source", "base64"),
                        Map.entry("store", "default"),
                        Map.entry("outcome", "stored"));
        assertThat(ancestors(context)).startsWith("graphql.datafetcher", "graphql.request");
        assertThat(recorder.steps).containsExactly("opened", "closed", "stopped");
    }

    @Test
    void sweep_isASpanOfItsOwn() {
        files.maintenance().sweep(SweepOptions.newSweepOptions().dryRun(true).build());
        assertThat(recorder.stopped).isEmpty();

        files.maintenance().sweep();

        assertThat(recorder.stopped).singleElement().satisfies(context -> {
            assertThat(context.getName()).isEqualTo("graphql.files.sweep");
            // One of the application's stores is broken.
            assertThat(tags(context)).containsOnly(Map.entry("outcome", "failure"));
            assertThat(ancestors(context)).isEmpty();
        });
        assertThat(recorder.steps).containsExactly("opened", "closed", "stopped");
    }

    @Test
    void refusedFile_tellsTheCode_andNothingThatTheClientWrote() {
        Observation.Context context =
                observed(Map.of("base64", Samples.base64(Samples.random(70_000)), "fileName", "salary-of-alice"));

        assertThat(tags(context)).containsEntry("outcome", "FILE_TOO_LARGE");
        assertThat(context.getError()).isNull();
        assertThat(context.getHighCardinalityKeyValues()).isEmpty();
        assertThat(context.toString()).doesNotContain("salary");
        assertThat(recorder.steps).containsExactly("opened", "closed", "stopped");
    }
}
