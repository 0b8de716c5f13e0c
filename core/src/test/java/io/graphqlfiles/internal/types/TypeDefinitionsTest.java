package io.graphqlfiles.internal.types;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.AstPrinter;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeDefinitionsTest {

    @Test
    void directive_takesWhatIsPromised() {
        assertThat(parse("type Query { a: Int }", false)
                        .getDirectiveDefinition("file")
                        .orElseThrow()
                        .getInputValueDefinitions())
                .extracting(argument -> argument.getName())
                .containsExactly(
                        "field",
                        "owner",
                        "when",
                        "store",
                        "visibility",
                        "maxSize",
                        "minSize",
                        "accept",
                        "maxCount",
                        "sources",
                        "attached",
                        "ownerId",
                        "maxPixels",
                        "minWidth",
                        "maxWidth",
                        "minHeight",
                        "maxHeight",
                        "aspectRatio",
                        "stripMetadata",
                        "review");
    }

    /** With this module alone on the class path, as in {@code java -jar}. */
    @Test
    void sdl_isPrintedForTools() throws IOException, InterruptedException {
        String classes = Path.of(TypeDefinitions.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        PrintSdl.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8))
                .isEqualTo(TypeDefinitions.text(true, true, false));
        assertThat(java.waitFor()).isZero();
    }

    @Test
    void types_haveWhatIsPromised() {
        TypeDefinitionRegistry types = parse("type Query { a: Int }", true);

        assertThat(fields(types, "StoredFile"))
                .containsExactly(
                        "id",
                        "url",
                        "urlExpiresAt",
                        "fileName",
                        "mimeType",
                        "byteSize",
                        "createdAt",
                        "checksum",
                        "width",
                        "height",
                        "duration",
                        "pages",
                        "placeholder",
                        "variant",
                        "variants");
        assertThat(fields(types, "FileVariant"))
                .containsExactly("name", "url", "urlExpiresAt", "width", "height", "mimeType");
        assertThat(fields(types, "FileUpload"))
                .containsExactly(
                        "token",
                        "expiresAt",
                        "complete",
                        "request",
                        "tusUrl",
                        "partCount",
                        "partByteSize",
                        "uploadedByteSize",
                        "parts");
        assertThat(fields(types, "FileUploadPart"))
                .containsExactly("number", "byteOffset", "byteSize", "uploaded", "request");
        assertThat(fields(types, "Query")).isEqualTo(List.of("a"));
        assertThat(types.objectTypeExtensions().get("Query"))
                .flatExtracting(ObjectTypeDefinition::getFieldDefinitions)
                .extracting(FieldDefinition::getName)
                .containsExactly("fileUpload", "urlForFile", "tusEndpoint", "fileFields");
        assertThat(fields(types, "Mutation"))
                .containsExactly("startFileUpload", "completeFileUpload", "abortFileUpload");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type Query { a: StoredFile @file(review: true) }",
                "type Query { b: Int } extend type Query { a: StoredFile @file(accept: [\".pdf\"], review: true) }"
            })
    void filesThatAreReviewed_haveAStatus_andPerhapsNoUrl(String sdl) {
        TypeDefinitionRegistry types = parse(sdl, true);

        assertThat(fields(types, "StoredFile")).endsWith("status");
        assertThat(urlOf(types)).isEqualTo("URL");
        assertThat(types.types()).containsKey("StoredFileStatus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type Query { a: StoredFile @file(review: false) }", "type Query { a: StoredFile @file }"})
    void filesThatAreNot_haveAUrlAlways(String sdl) {
        TypeDefinitionRegistry types = parse(sdl, true);

        assertThat(urlOf(types)).isEqualTo("URL!");
        assertThat(types.types()).doesNotContainKey("StoredFileStatus");
    }

    @Test
    void filesThatAreReviewedByRulesInCode_theSameInText() {
        TypeDefinitionRegistry types = TypeDefinitions.parse(TypeDefinitions.text(true, true, true));

        assertThat(fields(types, "StoredFile")).endsWith("status");
        assertThat(urlOf(types)).isEqualTo("URL");
    }

    private static String urlOf(TypeDefinitionRegistry types) {
        return object(types, "StoredFile").getFieldDefinitions().stream()
                .filter(field -> field.getName().equals("url"))
                .map(field -> AstPrinter.printAstCompact(field.getType()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void scalars_areAddedOnce() {
        TypeDefinitionRegistry types = parse("scalar Long type Query { a: Long }", false);

        assertThat(types.scalars()).containsKeys("Upload", "URL", "Long", "DateTime");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            import: ["@key", "@shareable"]                           | shareable
            import: ["@key", {name: "@shareable", as: "@sameAll"}]   | sameAll
            import: ["@key"]                                         | federation__shareable
            as: "fed"                                                | fed__shareable
            """)
    void objectTypes_inASubgraph_mayBeInOthersToo(String rest, String directive) {
        TypeDefinitionRegistry types = parse(
                "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.5\", " + rest
                        + ") type Query { a: Int } type Other { a: Int }",
                true);

        for (String type :
                List.of("StoredFile", "FileVariant", "FileUpload", "FileUploadPart", "FileField", "FileUrl")) {
            assertThat(object(types, type).hasDirective(directive)).as(type).isTrue();
        }
        assertThat(object(types, "Other").getDirectives()).isEmpty();
        assertThat(object(types, "Query").getDirectives()).isEmpty();
    }

    @Test
    void objectTypes_outsideOfFederation_haveNoDirectives() {
        String link = "extend schema @link(url: \"https://specs.example/other/v1\") ";
        TypeDefinitionRegistry types = parse(link + "type Query { a: Int }", true);

        assertThat(object(types, "StoredFile").getDirectives()).isEmpty();
    }

    private static ObjectTypeDefinition object(TypeDefinitionRegistry types, String name) {
        return (ObjectTypeDefinition) types.types().get(name);
    }

    @Test
    void everythingIsDescribed() {
        TypeDefinitionRegistry types = new SchemaParser().parse(TypeDefinitions.text(true, true, true));

        assertThat(types.types().values())
                .allSatisfy(type -> assertThat(((graphql.language.DescribedNode<?>) type).getDescription())
                        .as(type.getName())
                        .isNotNull());
    }

    private static TypeDefinitionRegistry parse(String sdl, boolean withOperations) {
        return TypeDefinitions.addTo(new SchemaParser().parse(sdl), withOperations, false, false);
    }

    private static java.util.List<String> fields(TypeDefinitionRegistry types, String name) {
        return ((ObjectTypeDefinition) types.types().get(name))
                .getFieldDefinitions().stream().map(FieldDefinition::getName).toList();
    }
}
