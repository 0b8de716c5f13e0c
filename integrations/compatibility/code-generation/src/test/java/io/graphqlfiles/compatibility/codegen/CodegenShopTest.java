package io.graphqlfiles.compatibility.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.graphql.dgs.DgsQueryExecutor;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
class CodegenShopTest {

    @Autowired
    private DgsQueryExecutor dgs;

    @Autowired
    private TestFileStore store;

    @Test
    void generatedTypes_haveStoredFiles() {
        TestFile image = TestFile.png("cup.png");
        Map<String, Object> input = Map.of("base64", image.base64(), "fileName", "cup.png");

        String id = dgs.executeAndExtractJsonPath(
                "mutation ($product: ProductInput!) { createProduct(product: $product) { id } }",
                "data.createProduct.id",
                Map.of("product", Map.of("name", "Cup", "image", input, "gallery", List.of(input))));

        List<String> names = dgs.executeAndExtractJsonPath(
                "{ product(id: \"" + id + "\") { image { fileName } gallery { fileName } } }", "data..fileName");
        assertThat(names).containsExactly("cup.png", "cup.png");
        assertThat(store).hasSize(2);
    }

    @Test
    void graphqlJavaCodegen_hasStoredFiles() throws NoSuchFieldException {
        assertThat(com.example.shop.model.ProductInput.class
                        .getDeclaredField("image")
                        .getType())
                .isEqualTo(StoredFile.class);
        assertThat(com.example.shop.model.Product.class
                        .getDeclaredField("image")
                        .getType())
                .isEqualTo(StoredFile.class);
    }
}
