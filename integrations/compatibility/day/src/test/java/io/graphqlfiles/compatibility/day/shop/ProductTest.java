package io.graphqlfiles.compatibility.day.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spring.test.FileUploads;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.graphql.test.autoconfigure.tester.AutoConfigureHttpGraphQlTester;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.graphql.test.tester.HttpGraphQlTester;

// tag::whole
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureHttpGraphQlTester
class ProductTest {

    @Autowired
    HttpGraphQlTester tester;

    @Autowired
    TestFileStore store;

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void createProduct_takesAnUpload() {
        TestFile image = TestFile.png("cup.png");

        FileUploads.with(tester)
                .document("""
                        mutation ($product: ProductInput!) {
                          createProduct(product: $product) { image { fileName } }
                        }
                        """)
                .variable("product", Map.of("name", "Cup", "image", Map.of("file", image)))
                .execute()
                .path("createProduct.image.fileName")
                .entity(String.class)
                .isEqualTo("cup.png");

        assertThat(store).holdsOnly(image);
    }

    @Test
    void createProduct_takesNoText() {
        FileUploads.with(tester)
                .document("mutation ($product: ProductInput!) { createProduct(product: $product) { id } }")
                .variable(
                        "product",
                        Map.of("name", "Cup", "image", Map.of("file", TestFile.text("cup.txt", "not a picture"))))
                .execute()
                .errors()
                .expect(error ->
                        "FILE_TYPE_NOT_ACCEPTED".equals(error.getExtensions().get("code")));

        assertThat(store).isEmpty();
    }
    // end::whole

    @Test
    void request_withoutFiles_goesOutAsItIs() {
        FileUploads.with(tester)
                .document(
                        "mutation ($product: ProductInput!) { createProduct(product: $product) { name image { id } } }")
                .variable("product", Map.of("name", "Cup"))
                .execute()
                .path("createProduct")
                .matchesJson("{ \"name\": \"Cup\", \"image\": null }");
    }

    @Test
    void severalFiles_eachArrivesInItsPlace() {
        TestFile first = TestFile.png("first é.png");
        TestFile second = TestFile.png("second.png");

        FileUploads.with(tester)
                .document("""
                        mutation ($products: [ProductInput!]!) {
                          createProducts(products: $products) { name image { fileName } }
                        }
                        """)
                .variable(
                        "products",
                        List.of(
                                Map.of("name", "One", "image", Map.of("file", first)),
                                Map.of("name", "Two", "image", Map.of("file", second))))
                .execute()
                .path("createProducts")
                .matchesJson("""
                        [
                          { "name": "One", "image": { "fileName": "first é.png" } },
                          { "name": "Two", "image": { "fileName": "second.png" } }
                        ]
                        """);
    }

    @Test
    void propertiesOfTheApplication_areNotFollowed() {
        assertThat(Path.of("var/files")).doesNotExist();
        assertThat(System.getenv("FILES_SECRET")).isNull();
    }
    // tag::whole
}
// end::whole
