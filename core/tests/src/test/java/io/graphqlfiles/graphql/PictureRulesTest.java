package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.FaultyBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts of pictures: rules about them, and how they reach clients; and metadata, which does not. */
class PictureRulesTest {

    private static final String SDL = """
            type Query { product: Product }
            type Product {
              image: StoredFile @file(accept: ["image/*", "text/plain"], maxPixels: "1MP", minWidth: 10, maxWidth: 2000, minHeight: 10, maxHeight: 1500, aspectRatio: "1:1-16:9")
              clean: StoredFile @file(stripMetadata: true)
              logo: StoredFile @file(stripMetadata: true, accept: ["image/*", ".svg", ".heic"])
            }
            type Mutation {
              setImage(file: StoredFileInput @file(field: "Product.image")): Product
              setClean(file: StoredFileInput @file(field: "Product.clean")): Product
            }
            """;
    private static final String START =
            "mutation($input: StartFileUploadInput!) { startFileUpload(input: $input) { token request { url } } }";

    private final FakePictures pictures = new FakePictures();
    private final List<StoredFile> received = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final FaultyBlobStore store = new FaultyBlobStore(catalogue.store);

    private record Product(StoredFile image, StoredFile clean) {}

    PictureRulesTest() {
        catalogue
                .store(store)
                .settings(builder ->
                        builder.analyzer(pictures).metadataStripper(pictures).authorizer(access -> true))
                .mutation("setImage", environment -> {
                    received.add(environment.getArgument("file"));
                    return new Product(received.get(0), null);
                })
                .mutation("setClean", environment -> {
                    received.add(environment.getArgument("file"));
                    return new Product(null, received.get(0));
                });
    }

    private ExecutionResult set(String field, String text) {
        return catalogue.execute(
                "mutation($f: StoredFileInput) { " + field
                        + "(file: $f) { image { width height duration pages placeholder } clean { byteSize } } }",
                Map.of("f", Catalogue.text(text)));
    }

    @Test
    void facts_reachClientsAndTheColumn() {
        Map<String, Map<String, Object>> product =
                Catalogue.dataOf(set("setImage", FakePictures.text("1000x900")), "setImage");

        assertThat(product.get("image"))
                .containsEntry("width", 1000)
                .containsEntry("height", 900)
                .containsEntry("duration", null)
                .containsEntry("pages", null)
                .containsEntry("placeholder", null);
        StoredFile kept = StoredFile.fromJson(received.get(0).toJson());
        assertThat(kept.facts().width()).isEqualTo(1000);
        assertThat(pictures.analyzed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1001x1000 | maxPixels   | 1000000  | The picture has 1001000 pixels, and Product.image takes at most 1000000.",
                "9x9       | minWidth    | 10       | The picture has 9 pixels wide, and Product.image takes at least 10.",
                "2001x10   | maxWidth    | 2000     | The picture has 2001 pixels wide, and Product.image takes at most 2000.",
                "16x9      | minHeight   | 10       | The picture has 9 pixels high, and Product.image takes at least 10.",
                "10x1501   | maxHeight   | 1500     | The picture has 1501 pixels high, and Product.image takes at most 1500.",
                "100x300   | aspectRatio | 1:1-16:9 | The picture is 100 x 300 pixels; Product.image takes an aspect ratio of 1:1 to 16:9.",
            })
    void size_isRefusedByTheHeader(String size, String rule, String limit, String message) {
        ExecutionResult result = set("setImage", FakePictures.text(size));

        GraphQLError error = result.getErrors().get(0);
        assertThat(error.getMessage()).isEqualTo(message);
        int x = size.indexOf('x');
        assertThat(error.getExtensions())
                .containsEntry("code", "FILE_INVALID")
                .containsEntry("width", Integer.valueOf(size.substring(0, x)))
                .containsEntry("height", Integer.valueOf(size.substring(x + 1)))
                .hasEntrySatisfying(rule, value -> assertThat(value).hasToString(limit));
        assertThat(catalogue.store.keys()).isEmpty();
        assertThat(store.calls(FaultyBlobStore.Operation.PUT)).isZero();
    }

    @Test
    void size_behindTheHead_isReadFromTheStore() {
        assertThat(set("setImage", FakePictures.text("later 640x480")).getErrors())
                .isEmpty();
        assertThat(received.get(0).facts().width()).isEqualTo(640);

        assertThat(Shop.codeOf(set("setImage", FakePictures.text("later 5000x5000"))))
                .isEqualTo("FILE_INVALID");
        assertThat(catalogue.store.keys()).containsExactly(received.get(0).key());
    }

    @Test
    void size_unknown_isRefused_andOtherFilesAreNotAsked() {
        assertThat(set("setImage", FakePictures.text("nothing"))
                        .getErrors()
                        .get(0)
                        .getMessage())
                .isEqualTo(
                        "The size of the picture cannot be read from the file; Product.image takes only pictures whose size is known.");
        assertThat(Shop.codeOf(set("setImage", FakePictures.text("crash")))).isEqualTo("FILE_INVALID");
        assertThat(catalogue.store.keys()).isEmpty();

        assertThat(set("setImage", "just text").getErrors()).isEmpty();
    }

    @Test
    void metadata_isRemovedWhileTheFileIsStored() {
        Map<String, Map<String, Object>> product =
                Catalogue.dataOf(set("setClean", FakePictures.text("secret picture")), "setClean");

        StoredFile file = received.get(0);
        assertThat(new String(catalogue.store.bytes(file.key()), StandardCharsets.UTF_8))
                .contains("picture")
                .doesNotContain("secret");
        assertThat(product.get("clean")).containsEntry("byteSize", file.byteSize());
        assertThat(file.byteSize()).isEqualTo(catalogue.store.bytes(file.key()).length);
    }

    @Test
    void metadata_ofOtherTypes_isRefused() {
        ExecutionResult result = set("setClean", "just text");

        assertThat(result.getErrors().get(0).getExtensions())
                .containsEntry("code", "FILE_TYPE_NOT_ACCEPTED")
                .containsEntry("mimeType", "text/plain")
                .containsEntry("accept", List.of("image/svg+xml"));
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void metadata_thatCannotBeToldApart_isRefused() {
        assertThat(Shop.codeOf(set("setClean", FakePictures.text("damaged")))).isEqualTo("FILE_INVALID");
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void directUpload_isCheckedAndStripped() throws IOException {
        ExecutionResult claimed = claim("setClean", "Product.clean", FakePictures.text("secret 20x20"));
        assertThat(claimed.getErrors()).isEmpty();
        StoredFile file = received.get(0);
        assertThat(file.key()).startsWith("private/");
        assertThat(file.facts().width()).isEqualTo(20);
        assertThat(new String(catalogue.store.bytes(file.key()), StandardCharsets.UTF_8))
                .doesNotContain("secret");

        assertThat(claim("setImage", "Product.image", FakePictures.text("later 640x480"))
                        .getErrors())
                .isEmpty();
        assertThat(received.get(1).facts().height()).isEqualTo(480);

        int before = catalogue.store.keys().size();
        assertThat(Shop.codeOf(claim("setImage", "Product.image", FakePictures.text("later 9x9"))))
                .isEqualTo("FILE_INVALID");
        assertThat(Shop.codeOf(claim("setImage", "Product.image", FakePictures.text("9x9"))))
                .isEqualTo("FILE_INVALID");
        // What is refused is deleted where it was staged, too.
        assertThat(catalogue.store.keys()).hasSize(before);
    }

    private ExecutionResult claim(String mutation, String field, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> upload = Catalogue.dataOf(
                catalogue.execute(
                        START, Map.of("input", Map.of("field", field, "fileName", "a.svg", "byteSize", bytes.length))),
                "startFileUpload");
        String path = URI.create(((Map<?, ?>) upload.get("request")).get("url").toString())
                .getPath();
        catalogue.store.put(
                new PutRequest(
                        path.substring("/files/default/".length()),
                        bytes.length,
                        "application/octet-stream",
                        "attachment",
                        Visibility.PRIVATE),
                new ByteArrayInputStream(bytes));
        return catalogue.execute(
                "mutation($f: StoredFileInput) { " + mutation + "(file: $f) { image { id } } }",
                Map.of("f", Map.of("directUploadToken", upload.get("token"))));
    }

    @Test
    void rules_areListed() {
        List<Map<String, Object>> fields = Catalogue.dataOf(
                catalogue.execute(
                        "{ fileFields { field accept maxPixels minWidth maxWidth minHeight maxHeight aspectRatio stripsMetadata } }"),
                "fileFields");

        assertThat(fields.get(1))
                .containsEntry("field", "Product.image")
                .containsEntry("maxPixels", 1_000_000L)
                .containsEntry("minWidth", 10)
                .containsEntry("aspectRatio", "1:1-16:9")
                .containsEntry("stripsMetadata", false);
        assertThat(fields.get(0))
                .containsEntry("maxPixels", null)
                .containsEntry("stripsMetadata", true)
                .containsEntry("accept", List.of("image/svg+xml"));
        assertThat(fields.get(1)).containsEntry("accept", List.of("image/*", "text/plain"));
        assertThat(fields.get(2)).containsEntry("accept", List.of(".svg", "image/svg+xml"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxPixels: \"5MB\"     | maxPixels: expected a number of pixels such as \"50MP\" or \"480000\", found \"5MB\"",
                "minWidth: 0            | minWidth: expected 1 or more, found 0",
                "aspectRatio: \"wide\"  | aspectRatio: expected width and height such as",
            })
    void mistakes_areNamed(String rule, String problem) {
        Catalogue wrong = new Catalogue()
                .sdl("type Query { a: StoredFile @file(" + rule + ") }")
                .settings(builder -> builder.analyzer(pictures));

        assertThatThrownBy(wrong::schema)
                .isInstanceOf(FileSchemaException.class)
                .hasMessageContaining("Query.a: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@file(maxPixels: \"1MP\")           | expected a FileAnalyzer",
                "@file(stripMetadata: true)          | stripMetadata: expected a MetadataStripper, found none",
                "@variant(name: \"a\", width: 1)     | @variant: expected a VariantMaker, found none",
            })
    void whatNobodyDoes_isRefusedWhenTheSchemaIsBuilt(String rule, String problem) {
        Catalogue without = new Catalogue().sdl("type Query { a: StoredFile " + rule + " }");

        assertThatThrownBy(without::schema)
                .isInstanceOf(FileSchemaException.class)
                .hasMessageContaining("Query.a: ")
                .hasMessageContaining(problem);
    }

    @Test
    void rules_inCode() {
        FileFieldRegistry registry = FileFieldRegistry.newRegistry()
                .field("Query", "a", rules -> rules.maxPixels(100).stripMetadata(true))
                .build();
        Catalogue inCode = new Catalogue()
                .sdl("type Query { a: StoredFile }")
                .settings(
                        builder -> builder.registry(registry).analyzer(pictures).metadataStripper(pictures));

        inCode.schema();

        assertThat(inCode.files().fields())
                .singleElement()
                .satisfies(field -> assertThat(field.pictures().maxPixels()).isEqualTo(100L))
                .satisfies(field -> assertThat(field.stripsMetadata()).isTrue());
    }
}
