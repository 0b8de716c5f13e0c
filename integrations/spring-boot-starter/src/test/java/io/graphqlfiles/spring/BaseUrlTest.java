package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.app.RecordApplication;
import io.graphqlfiles.spring.app.RecordBeans;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Where clients are sent for files: URLs must lead to this application as the client sees it. */
@SpringBootTest(
        classes = {RecordApplication.class, RecordBeans.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:starter-schema/",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
            "graphql.files.base-path=/media",
            "server.servlet.context-path=/shop"
        })
class BaseUrlTest {

    private static final byte[] PNG = Samples.png(90);

    @LocalServerPort
    private int port;

    @Test
    void contextPath() {
        String url = createdUrl(server());

        assertThat(url).startsWith("http://127.0.0.1:" + port + "/shop/media/");
        assertThat(server().get(url).body()).isEqualTo(PNG);
    }

    @Test
    void forwardedHeaders_untrusted() {
        assertThat(createdUrl(behindProxy())).startsWith("http://127.0.0.1:" + port + "/shop/media/");
    }

    @Nested
    @TestPropertySource(properties = "server.forward-headers-strategy=framework")
    class Trusted {

        @LocalServerPort
        private int port;

        @Test
        void forwardedHeaders() {
            assertThat(createdUrl(behindProxy(port))).startsWith("https://shop.example/public/media/");
        }
    }

    @Nested
    @TestPropertySource(properties = "graphql.files.base-url=https://cdn.example/x")
    class Configured {

        @LocalServerPort
        private int port;

        @Test
        void baseUrl_winsOverTheRequest() {
            assertThat(createdUrl(behindProxy(port))).startsWith("https://cdn.example/x/media/");
        }
    }

    private HttpGraphQl behindProxy() {
        return behindProxy(port);
    }

    private static HttpGraphQl behindProxy(int port) {
        return server(port)
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "shop.example")
                .header("X-Forwarded-Port", "443")
                .header("X-Forwarded-Prefix", "/public");
    }

    private HttpGraphQl server() {
        return server(port);
    }

    private static HttpGraphQl server(int port) {
        return new HttpGraphQl(URI.create("http://127.0.0.1:" + port + "/shop"));
    }

    private static String createdUrl(HttpGraphQl http) {
        JsonNode answer = http.run(
                "mutation ($record: RecordInput!) { createRecord(record: $record) { image { url } } }",
                Map.of("record", Map.of("title", "a", "image", Map.of("base64", Samples.base64(PNG)))));
        return answer.at("/data/createRecord/image/url").asString();
    }
}
