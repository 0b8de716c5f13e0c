package io.graphqlfiles.compatibility.day.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.test.FileUploads;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.graphql.tester.AutoConfigureHttpGraphQlTester;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

@SpringBootTest(properties = "spring.graphql.schema.locations=classpath:shop/")
@AutoConfigureMockMvc
@AutoConfigureHttpGraphQlTester
class ProductTest {

    @Autowired
    private HttpGraphQlTester tester;

    @Autowired
    private TestFileStore store;

    @Test
    void createProduct_takesAnUpload() {
        TestFile image = TestFile.png("cup.png");

        FileUploads.with(tester)
                .document(
                        "mutation ($product: ProductInput!) { createProduct(product: $product) { image { fileName } } }")
                .variable("product", Map.of("name", "Cup", "image", Map.of("file", image)))
                .execute()
                .path("createProduct.image.fileName")
                .entity(String.class)
                .isEqualTo("cup.png");

        assertThat(store).holdsOnly(image);
    }
}
