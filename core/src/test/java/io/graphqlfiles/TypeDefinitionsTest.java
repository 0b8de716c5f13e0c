package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import org.junit.jupiter.api.Test;

class TypeDefinitionsTest {

    @Test
    void directive_takesWhatIsPromised() {
        assertThat(parse("type Query { a: Int }", false)
                        .getDirectiveDefinition("file")
                        .orElseThrow()
                        .getInputValueDefinitions())
                .extracting(argument -> argument.getName())
                .containsExactly("field", "store", "visibility", "maxSize", "minSize", "accept", "maxCount", "sources");
    }

    @Test
    void types_haveWhatIsPromised() {
        TypeDefinitionRegistry types = parse("type Query { a: Int }", true);

        assertThat(fields(types, "StoredFile"))
                .containsExactly(
                        "id", "url", "urlExpiresAt", "fileName", "mimeType", "byteSize", "createdAt", "checksum");
        assertThat(fields(types, "FileUpload"))
                .containsExactly(
                        "token",
                        "expiresAt",
                        "complete",
                        "request",
                        "partCount",
                        "partByteSize",
                        "uploadedByteSize",
                        "parts");
        assertThat(fields(types, "FileUploadPart"))
                .containsExactly("number", "byteOffset", "byteSize", "uploaded", "request");
        assertThat(fields(types, "Query")).isEqualTo(java.util.List.of("a"));
        assertThat(types.objectTypeExtensions().get("Query"))
                .flatExtracting(ObjectTypeDefinition::getFieldDefinitions)
                .extracting(FieldDefinition::getName)
                .containsExactly("fileUpload", "urlForFile", "fileFields");
        assertThat(fields(types, "Mutation"))
                .containsExactly("startFileUpload", "completeFileUpload", "abortFileUpload");
    }

    @Test
    void scalars_areAddedOnce() {
        TypeDefinitionRegistry types = parse("scalar Long type Query { a: Long }", false);

        assertThat(types.scalars()).containsKeys("Upload", "URL", "Long", "DateTime");
    }

    @Test
    void everythingIsDescribed() {
        TypeDefinitionRegistry types = new SchemaParser().parse(TypeDefinitions.text(true));

        assertThat(types.types().values())
                .allSatisfy(type -> assertThat(((graphql.language.DescribedNode<?>) type).getDescription())
                        .as(type.getName())
                        .isNotNull());
    }

    private static TypeDefinitionRegistry parse(String sdl, boolean withOperations) {
        return TypeDefinitions.addTo(new SchemaParser().parse(sdl), withOperations);
    }

    private static java.util.List<String> fields(TypeDefinitionRegistry types, String name) {
        return ((ObjectTypeDefinition) types.types().get(name))
                .getFieldDefinitions().stream().map(FieldDefinition::getName).toList();
    }
}
