package io.graphqlfiles.compatibility.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.compatibility.persistence.Database;
import io.graphqlfiles.spring.test.FileUploads;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.graphql.test.autoconfigure.tester.AutoConfigureHttpGraphQlTester;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Uploads whose records Hibernate keeps on PostgreSQL: as text, as jsonb, and as an array in jsonb. */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureHttpGraphQlTester
class JpaShopTest {

    private static final TestFile IMAGE = TestFile.png("cup.png");
    private static final TestFile MANUAL = TestFile.text("cup.txt", "Fill it, then drink.");

    @Autowired
    HttpGraphQlTester tester;

    @Autowired
    TestFileStore store;

    @Autowired
    Products products;

    @DynamicPropertySource
    static void postgres(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", Database::url);
        properties.add("spring.datasource.username", () -> "postgres");
    }

    @BeforeEach
    void clear() {
        products.deleteAll();
        store.clear();
    }

    private String create(Map<String, Object> product) {
        return FileUploads.with(tester)
                .document("mutation ($product: ProductInput!) { createProduct(product: $product) { id } }")
                .variable("product", product)
                .execute()
                .path("createProduct.id")
                .entity(String.class)
                .get();
    }

    @Test
    void files_comeBackFromTheirColumns() {
        String id = create(Map.of(
                "name", "Cup",
                "image", Map.of("file", IMAGE),
                "manual", Map.of("file", MANUAL),
                "gallery", List.of(Map.of("file", IMAGE), Map.of("file", IMAGE))));

        tester.document("query ($id: ID!) { product(id: $id) { image { fileName } manual { fileName }"
                        + " gallery { mimeType } } }")
                .variable("id", id)
                .execute()
                .path("product")
                .matchesJson("{\"image\": {\"fileName\": \"cup.png\"}, \"manual\": {\"fileName\": \"cup.txt\"},"
                        + " \"gallery\": [{\"mimeType\": \"image/png\"}, {\"mimeType\": \"image/png\"}]}");
        Product found = products.findById(Long.valueOf(id)).orElseThrow();
        assertThat(store).holds(found.getImage(), IMAGE).holds(found.getManual(), MANUAL);
        assertThat(found.getGallery())
                .hasSize(2)
                .allSatisfy(file -> assertThat(store).holds(file, IMAGE));
    }

    @Test
    void json_isSeenByOperatorsOfTheDatabase() {
        create(Map.of("name", "Cup", "manual", Map.of("file", MANUAL)));
        create(Map.of("name", "Jug", "manual", Map.of("file", IMAGE), "gallery", List.of(Map.of("file", IMAGE))));

        tester.document("{ withManuals(mimeType: \"image/png\") { name } }")
                .execute()
                .path("withManuals[*].name")
                .entityList(String.class)
                .containsExactly("Jug");
        assertThat(Database.ask("select jsonb_typeof(manual) from product where name = 'Jug'"))
                .isEqualTo("object");
        assertThat(Database.ask("select gallery -> 0 ->> 'name' from product where name = 'Jug'"))
                .isEqualTo("cup.png");
        assertThat(Database.ask("select image from product where name = 'Jug'")).isNull();
    }

    @Test
    void text_isLongEnoughForEveryName() {
        String longest = "c".repeat(251) + ".png";

        String id = create(Map.of("name", "Cup", "image", Map.of("base64", IMAGE.base64(), "fileName", longest)));

        assertThat(products.findById(Long.valueOf(id)).orElseThrow().getImage().toJson())
                .contains(longest);
    }
}
