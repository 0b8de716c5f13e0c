package io.graphqlfiles.compatibility.dgs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.graphql.dgs.DgsQueryExecutor;
import com.netflix.graphql.dgs.test.EnableDgsTest;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** A slice of DGS. */
@SpringBootTest(
        classes = ProductMutations.class,
        webEnvironment = WebEnvironment.NONE,
        properties = "dgs.graphql.schema-locations=classpath:dgs-docs/schema.graphqls")
@EnableDgsTest
class ProductMutationsTest {

    @Autowired
    private DgsQueryExecutor dgs;

    @Autowired
    private TestFileStore store;

    @Test
    void createProduct_keepsTheImage() {
        TestFile image = TestFile.png("cup.png");

        String mimeType = dgs.executeAndExtractJsonPath(
                "mutation ($product: ProductInput!) { createProduct(product: $product) { image { mimeType } } }",
                "data.createProduct.image.mimeType",
                Map.of("product", Map.of("name", "Cup", "image", Map.of("base64", image.base64()))));

        assertThat(mimeType).isEqualTo("image/png");
        assertThat(store).holdsOnly(image);
    }
}
