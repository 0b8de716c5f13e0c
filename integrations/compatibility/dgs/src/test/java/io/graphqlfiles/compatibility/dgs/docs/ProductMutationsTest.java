package io.graphqlfiles.compatibility.dgs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.graphql.dgs.DgsQueryExecutor;
import com.netflix.graphql.dgs.springgraphql.autoconfig.DgsSpringGraphQLAutoConfiguration;
import io.graphqlfiles.spring.GraphQLFilesAutoConfiguration;
import io.graphqlfiles.spring.test.FilesTestAutoConfiguration;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** What @EnableDgsTest imports, without that annotation's own artifact: a schema, data fetchers and no web server. */
@SpringBootTest(
        classes = ProductMutations.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "dgs.graphql.schema-locations=classpath:dgs-docs/schema.graphqls",
            "graphql.files.test.in-memory=true"
        })
@ImportAutoConfiguration({
    GraphQlAutoConfiguration.class,
    DgsSpringGraphQLAutoConfiguration.class,
    GraphQLFilesAutoConfiguration.class,
    FilesTestAutoConfiguration.class
})
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
