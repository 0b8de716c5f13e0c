package io.graphqlfiles.compatibility.day.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.graphql.GraphQlTest;
import org.springframework.graphql.test.tester.GraphQlTester;

@GraphQlTest(controllers = ProductController.class, properties = "spring.graphql.schema.locations=classpath:shop/")
class ProductSliceTest {

    @Autowired
    private GraphQlTester tester;

    @Autowired
    private TestFileStore store;

    @Test
    void createProduct_keepsTheImage() {
        TestFile image = TestFile.png("cup.png");

        tester.document(
                        "mutation ($product: ProductInput!) { createProduct(product: $product) { image { mimeType } } }")
                .variable("product", Map.of("name", "Cup", "image", Map.of("base64", image.base64())))
                .execute()
                .path("createProduct.image.mimeType")
                .entity(String.class)
                .isEqualTo("image/png");

        assertThat(store).holdsOnly(image);
    }
}
