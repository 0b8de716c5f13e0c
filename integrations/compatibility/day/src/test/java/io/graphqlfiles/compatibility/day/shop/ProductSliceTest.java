package io.graphqlfiles.compatibility.day.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.graphql.test.autoconfigure.GraphQlTest;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.test.tester.GraphQlTester;

// tag::slice
@GraphQlTest(ProductController.class)
@Import(Products.class)
class ProductSliceTest {

    @Autowired
    GraphQlTester tester;

    @Autowired
    TestFileStore store;

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void createProduct_keepsTheImage() {
        TestFile image = TestFile.png("cup.png");

        tester.document("""
                        mutation ($product: ProductInput!) {
                          createProduct(product: $product) { image { fileName mimeType } }
                        }
                        """)
                .variable(
                        "product",
                        Map.of("name", "Cup", "image", Map.of("base64", image.base64(), "fileName", image.fileName())))
                .execute()
                .path("createProduct.image")
                .matchesJson("{ \"fileName\": \"cup.png\", \"mimeType\": \"image/png\" }");

        assertThat(store).holdsOnly(image);
    }
    // end::slice

    @Test
    void createProduct_failed_leavesNothing() {
        tester.document("mutation ($product: ProductInput!) { createProduct(product: $product) { id } }")
                .variable(
                        "product",
                        Map.of(
                                "name",
                                " ",
                                "image",
                                Map.of("base64", TestFile.png("cup.png").base64())))
                .execute()
                .errors()
                .expect(error -> error.getPath().equals("createProduct"));

        assertThat(store).isEmpty();
    }
    // tag::slice
}
// end::slice
