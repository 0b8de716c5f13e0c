package io.graphqlfiles.compatibility.day.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.graphqlfiles.spring.test.FileUploads;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** Without a port. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureRestTestClient
class ProductMockMvcTest {

    private static final String QUERY =
            "mutation ($product: ProductInput!) { createProduct(product: $product) { image { fileName } } }";
    private static final TestFile IMAGE = TestFile.png("cup.png");
    private static final Map<String, Object> CREATE = Map.of(
            "query", QUERY, "variables", Map.of("product", Map.of("name", "Cup", "image", Map.of("file", IMAGE))));

    @Autowired
    MockMvc mvc;

    @Autowired
    JsonMapper json;

    @Autowired
    TestFileStore store;

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void mockMvc() throws Exception {
        // tag::mock-mvc
        mvc.perform(post("/graphql")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(json.writeValueAsString(CREATE))
                        .with(FileUploads.forMockMvc()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.data.createProduct.image.fileName").value("cup.png"));
        // end::mock-mvc

        assertThat(store).holdsOnly(IMAGE);
    }

    /** By MockMvc's own means, as one writes it who has read the specification of GraphQL multipart requests. */
    @Test
    void multipartOfMockMvc() throws Exception {
        mvc.perform(multipart("/graphql")
                        .file(new MockMultipartFile("0", "cup.png", "image/png", IMAGE.content()))
                        .param(
                                "operations",
                                "{\"query\": \"" + QUERY
                                        + "\", \"variables\": {\"product\": {\"name\": \"Cup\", \"image\": {\"file\": null}}}}")
                        .param("map", "{ \"0\": [\"variables.product.image.file\"] }")
                        .header("GraphQL-Preflight", "1"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.data.createProduct.image.fileName").value("cup.png"));

        assertThat(store).holdsOnly(IMAGE);
    }

    @Test
    void restTestClient(@Autowired RestTestClient client) {
        client.mutate()
                .requestInterceptor(FileUploads.forRestClient())
                .build()
                .post()
                .uri("/graphql")
                .contentType(MediaType.APPLICATION_JSON)
                .body(CREATE)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(store).holdsOnly(IMAGE);
    }

    @Test
    void withoutPreflight_isRefusedAsByARealServer() throws Exception {
        mvc.perform(multipart("/graphql")
                        .file(new MockMultipartFile("0", "cup.png", "image/png", IMAGE.content()))
                        .param("operations", "{\"query\": \"{ __typename }\", \"variables\": {}}")
                        .param("map", "{}"))
                .andExpect(status().isBadRequest());

        assertThat(store).isEmpty();
    }
}
