package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@RecordTest
class FailingControllersTest {

    @Autowired
    private InMemoryBlobStore store;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "failByException, INTERNAL_ERROR",
        "failByFuture, INTERNAL_ERROR",
        "failByMono, INTERNAL_ERROR",
        "failByHandledException, refused: a",
        "failByDeniedAccess, Unauthorized",
        "failByResult, not today",
    })
    void fail_leavesNoBlob(String mutation, String message) {
        List<String> before = store.keys();

        JsonNode answer = new HttpGraphQl(URI.create("http://127.0.0.1:" + port))
                .run(
                        "mutation ($record: RecordInput!) { " + mutation + "(record: $record) { id } }",
                        Map.of(
                                "record",
                                Map.of(
                                        "title",
                                        "a",
                                        "image",
                                        Map.of("base64", Samples.base64(Samples.png(90))),
                                        "children",
                                        List.of(Map.of("title", "b", "document", Map.of("base64", "AAAA"))))));

        assertThat(answer.at("/data/" + mutation).isNull()).isTrue();
        assertThat(answer.get("errors")).hasSize(1);
        assertThat(answer.at("/errors/0/message").asString())
                .startsWith(message)
                .doesNotContain("internals");
        assertThat(answer.at("/errors/0/path").toString()).isEqualTo("[\"" + mutation + "\"]");
        assertThat(store.keys()).isEqualTo(before);
    }
}
