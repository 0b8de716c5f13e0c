package io.graphqlfiles.compatibility.day.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.test.FileUploads;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClient;

/** Over a real port. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "60s")
@AutoConfigureRestTestClient
class ProductOverHttpTest {

    private static final TestFile IMAGE = TestFile.png("cup.png");

    private static final Map<String, Object> CREATE = Map.of(
            "query",
            "mutation ($product: ProductInput!) { createProduct(product: $product) { image { fileName url } } }",
            "variables",
            Map.of("product", Map.of("name", "Cup", "image", Map.of("file", IMAGE))));

    @Autowired
    TestFileStore store;

    @LocalServerPort
    int port;

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void webTestClient(@Autowired WebTestClient client) {
        // tag::web-test-client
        client.mutate()
                .filter(FileUploads.forWebClient())
                .build()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(CREATE)
                .exchange()
                .expectBody()
                .jsonPath("$.data.createProduct.image.fileName")
                .isEqualTo("cup.png");
        // end::web-test-client

        assertThat(store).holdsOnly(IMAGE);
    }

    @Test
    void restTestClient(@Autowired RestTestClient client) {
        // tag::rest-test-client
        client.mutate()
                .requestInterceptor(FileUploads.forRestClient())
                .build()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .body(CREATE)
                .exchange()
                .expectBody()
                .jsonPath("$.data.createProduct.image.fileName")
                .isEqualTo("cup.png");
        // end::rest-test-client

        assertThat(store).holdsOnly(IMAGE);
    }

    @Test
    void restClient_url_leadsToTheBytes() {
        RestClient client = RestClient.builder()
                .baseUrl("http://localhost:" + port)
                .requestInterceptor(FileUploads.forRestClient())
                .build();

        ProductAnswer answer = client.post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .body(CREATE)
                .retrieve()
                .body(ProductAnswer.class);
        byte[] served = client.get()
                .uri(URI.create(answer.data().createProduct().image().url()))
                .retrieve()
                .body(byte[].class);

        assertThat(served).isEqualTo(IMAGE.content());
    }

    record ProductAnswer(Data data) {

        record Data(Created createProduct) {}

        record Created(Image image) {}

        record Image(String url) {}
    }
}
