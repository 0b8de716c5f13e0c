package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On servers whose threads must not block, the library's own fields ask stores and authorizers elsewhere. */
class OperationsOnExecutorTest {

    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(work -> new Thread(work, "may-block"));
    private final Catalogue catalogue = new Catalogue()
            .sdl(
                    "type Query { product: Product } type Product { image: StoredFile @file } type Mutation { none: Int }");

    OperationsOnExecutorTest() {
        catalogue
                .store(new ForwardingBlobStore(catalogue.store) {
                    @Override
                    public @Nullable BlobInfo stat(String key) {
                        note();
                        return super.stat(key);
                    }
                })
                .settings(builder -> builder.executor(executor).authorizer(access -> {
                    note();
                    return true;
                }));
    }

    private void note() {
        threads.add(Thread.currentThread().getName());
    }

    @AfterEach
    void stop() {
        executor.shutdown();
    }

    @Test
    void operations_runInTheExecutor() {
        Map<String, Object> upload = Catalogue.dataOf(
                catalogue.execute("mutation { startFileUpload(input: {field: \"Product.image\", fileName: \"a\","
                        + " byteSize: 1}) { token complete request { method } } }"),
                "startFileUpload");
        Map<String, Object> found = Catalogue.dataOf(
                catalogue.execute(
                        "query($t: String!) { fileUpload(token: $t) { complete uploadedByteSize } }",
                        Map.of("t", upload.get("token"))),
                "fileUpload");

        assertThat(found).containsEntry("complete", false);
        assertThat(threads).containsExactly("may-block");
    }

    @Test
    void refusal_inTheExecutor_isAnError() {
        assertThat(Shop.codeOf(catalogue.execute("{ fileUpload(token: \"guessed\") { complete } }")))
                .isEqualTo("FILE_TOKEN_INVALID");
    }
}
