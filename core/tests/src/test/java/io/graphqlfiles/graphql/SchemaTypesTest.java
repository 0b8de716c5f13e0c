package io.graphqlfiles.graphql;

import static graphql.schema.GraphQLTypeReference.typeRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.Scalars;
import graphql.TrivialDataFetcher;
import graphql.scalars.ExtendedScalars;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.SchemaPrinter;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the library's types and data fetchers get into a schema, and what stays untouched. */
class SchemaTypesTest {

    private static final SchemaPrinter PRINTER = new SchemaPrinter();

    @Test
    void typeDefinitions_asText() {
        GraphQLFiles files = new Catalogue().files();

        TypeDefinitionRegistry types =
                new SchemaParser().parse(files.typeDefinitions() + "type Query { a: StoredFile }");

        assertThat(types.types().keySet())
                .containsExactlyInAnyOrder(
                        "FileVisibility",
                        "FileSourceType",
                        "FileVariantFit",
                        "FileVariantFormat",
                        "FileVariant",
                        "StoredFileInput",
                        "StoredFile",
                        "Query");
        assertThat(types.getDirectiveDefinition("file")).isPresent();
    }

    @Test
    void typeDefinitions_withAnAuthorizer_extendTheRootTypes() {
        GraphQLFiles files = new Catalogue()
                .settings(builder -> builder.authorizer(access -> true))
                .files();

        GraphQLSchema schema = generate(
                files,
                new SchemaParser().parse(files.typeDefinitions() + "type Query { a: Int } type Mutation { a: Int }"));

        assertOperations(schema);
    }

    @Test
    void operations_onlyWithAnAuthorizer() {
        GraphQLSchema schema = new Catalogue()
                .sdl("type Query { a: Int } type Mutation { a: Int }")
                .schema();

        assertThat(schema.getQueryType().getFieldDefinitions()).hasSize(1);
        assertThat(schema.getMutationType().getFieldDefinitions()).hasSize(1);
        assertThat(schema.getType("FileUpload")).isNull();
    }

    @Test
    void operations_noMutationType_oneIsMade() {
        assertOperations(permitting("type Query { a: Int }").schema());
    }

    @Test
    void operations_explicitSchemaWithoutMutation() {
        GraphQLSchema schema =
                permitting("schema { query: Root } type Root { a: Int }").schema();

        assertOperations(schema);
        assertThat(schema.getQueryType().getName()).isEqualTo("Root");
        assertThat(schema.getMutationType().getName()).isEqualTo("Mutation");
    }

    @Test
    void operations_customRootNames() {
        GraphQLSchema schema = permitting(
                        "schema { query: Reads mutation: Writes } type Reads { a: Int } type Writes { a: Int }")
                .schema();

        assertOperations(schema);
        assertThat(schema.getMutationType().getName()).isEqualTo("Writes");
        assertThat(schema.getType("Mutation")).isNull();
    }

    @Test
    void operations_aTypeThatMerelyIsCalledMutation_staysNoRoot() {
        GraphQLSchema schema = permitting(
                        "schema { query: Query } type Query { genetic: Mutation } type Mutation { gene: String }")
                .schema();

        assertOperations(schema);
        assertThat(schema.getMutationType().getName()).isEqualTo("FileMutation");
        assertThat(schema.getObjectType("Mutation").getFieldDefinitions()).hasSize(1);
    }

    @Test
    void operations_rootTypesThatAreExtensionsOnly() {
        assertOperations(permitting("type Query { a: Int } extend type Mutation { a: Int }")
                .schema());
    }

    @Test
    void operations_declaredByTheApplication_areUsed() {
        GraphQLSchema schema = permitting("""
                type Query { a: Int }
                extend type Query { fileFields: [FileField!] }
                type Mutation { abortFileUpload(token: String!, reason: String): Boolean }
                """).schema();

        assertOperations(schema);
        assertThat(schema.getMutationType()
                        .getFieldDefinition("abortFileUpload")
                        .getArguments())
                .hasSize(2);
    }

    @Test
    void types_declaredByTheApplication_areUsed() {
        GraphQLSchema schema = new Catalogue().sdl("""
                directive @file(maxSize: String) on FIELD_DEFINITION
                scalar Long
                scalar DateTime
                scalar Upload
                enum FileVisibility { PUBLIC PRIVATE }
                type StoredFile { id: ID!  link: String }
                input StoredFileInput { base64: String }
                type Query { a: StoredFile @file(maxSize: "1MB") }
                """).schema();

        assertThat(schema.getObjectType("StoredFile").getFieldDefinitions())
                .extracting(GraphQLFieldDefinition::getName)
                .containsExactly("id", "link");
        assertThat(schema.getDirective("file").getArguments()).hasSize(1);
    }

    @Test
    void types_addedTwice_nothingChanges() {
        Catalogue catalogue = permitting("type Query { a: Int }");
        TypeDefinitionRegistry once =
                catalogue.files().addTypeDefinitions(new SchemaParser().parse("type Query { a: Int }"));
        int types = once.types().size();

        catalogue.files().addTypeDefinitions(once);

        assertThat(once.types()).hasSize(types);
        assertOperations(generate(catalogue.files(), once));
    }

    @Test
    void scalars_addedByTheApplication_stay() {
        GraphQLScalarType own = ExtendedScalars.GraphQLLong.transform(scalar -> scalar.description("mine"));
        GraphQLSchema schema = new Catalogue()
                .sdl("type Query { a: StoredFile }")
                .wiring(wiring -> wiring.scalar(own))
                .schema();

        assertThat(schema.getType("Long"))
                .extracting(type -> ((GraphQLScalarType) type).getCoercing())
                .isSameAs(own.getCoercing());
    }

    @Test
    void scalars_addedTwice_nothingChanges() {
        GraphQLFiles files = new Catalogue().files();
        RuntimeWiring.Builder wiring = files.addScalars(files.addScalars(RuntimeWiring.newRuntimeWiring()));

        assertThat(wiring.build().getScalars()).containsKeys("Upload", "URL", "Long", "DateTime");
    }

    @Test
    void scalars_anotherUpload() {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring()
                .scalar(Scalars.GraphQLString.transform(scalar -> scalar.name("Upload")));

        assertThatThrownBy(() -> new Catalogue().files().addScalars(wiring))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Upload: expected no other scalar of this name, found one; take it out of the runtime wiring");
    }

    @Test
    void apply_printedSchemaIsUnchanged() {
        Catalogue catalogue = permitting("""
                type Query { p: P }
                type P { image: StoredFile @file(maxSize: "1MB") }
                type Mutation { set(image: StoredFileInput @file(field: "P.image")): P }
                """);
        GraphQLSchema before = catalogue.unapplied();

        GraphQLSchema after = catalogue.files().apply(before);

        assertThat(PRINTER.print(after)).isEqualTo(PRINTER.print(before));
        assertThat(after.getObjectType("P")).isSameAs(before.getObjectType("P"));
    }

    @Test
    void apply_fieldsWithoutFilesKeepTheirDataFetcher() {
        DataFetcher<Object> fetcher = environment -> null;
        Catalogue catalogue = new Catalogue().sdl("""
                        type Query { plain(text: String): P }
                        type P { name: String image: StoredFile @file }
                        type Mutation { property(a: Int): Int set(file: StoredFileInput): Int }
                        """).query("plain", fetcher).mutation("set", fetcher);
        GraphQLSchema before = catalogue.unapplied();

        GraphQLSchema after = catalogue.files().apply(before);

        assertThat(fetcher(after, "Query", "plain")).isSameAs(fetcher);
        assertThat(fetcher(after, "Mutation", "set")).isNotSameAs(fetcher);
        for (String property : List.of("P.name", "P.image", "Mutation.property")) {
            String[] parts = property.split("\\.", 2);
            assertThat(fetcher(after, parts[0], parts[1])).as(property).isInstanceOf(TrivialDataFetcher.class);
        }
        assertThat(fetcher(before, "Mutation", "set")).isSameAs(fetcher);
    }

    @Test
    void apply_twice() {
        Catalogue catalogue =
                new Catalogue().sdl("type Query { a: Int } type Mutation { set(file: StoredFileInput): Int }");
        GraphQLSchema once = catalogue.schema();

        assertThatThrownBy(() -> catalogue.files().apply(once))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Mutation.set: file fields were applied to this schema before");
    }

    @Test
    void apply_schemaWithoutFiles() {
        Catalogue catalogue = new Catalogue().sdl("type Query { a: Int }");

        assertThat(catalogue.execute("{ a }").getErrors()).isEmpty();
        assertThat(catalogue.files().fields()).isEmpty();
    }

    @Test
    void codeFirst_withRulesInTheRegistryAndScalarsOfItsOwn() {
        InMemoryBlobStore store = new InMemoryBlobStore();
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret(Catalogue.SECRET)
                .authorizer(access -> true)
                .registry(FileFieldRegistry.newRegistry()
                        .field("Product", "image", rules -> rules.accept("image/*"))
                        .argument("Mutation", "create", "images", "Product.image")
                        .build())
                .build();
        GraphQLObjectType product = GraphQLObjectType.newObject()
                .name("Product")
                .field(field -> field.name("weight").type(ExtendedScalars.GraphQLLong))
                .field(field -> field.name("made").type(ExtendedScalars.DateTime))
                .field(field -> field.name("image").type(typeRef("StoredFile")))
                .build();
        DataFetcher<Map<String, StoredFile>> create = environment -> {
            List<StoredFile> images = environment.getArgument("images");
            return Map.of("image", images.get(0));
        };
        GraphQLSchema schema = GraphQLSchema.newSchema()
                .query(GraphQLObjectType.newObject()
                        .name("Query")
                        .field(field -> field.name("product").type(product))
                        .fields(files.queryFields()))
                .mutation(GraphQLObjectType.newObject()
                        .name("Mutation")
                        .field(field -> field.name("create")
                                .type(product)
                                .argument(argument ->
                                        argument.name("images").type(GraphQLList.list(typeRef("StoredFileInput")))))
                        .fields(files.mutationFields()))
                .additionalTypes(files.types())
                .codeRegistry(GraphQLCodeRegistry.newCodeRegistry()
                        .dataFetcher(FieldCoordinates.coordinates("Mutation", "create"), create)
                        .build())
                .build();

        GraphQL graphQl = GraphQL.newGraphQL(files.apply(schema)).build();
        ExecutionResult created = graphQl.execute("mutation { create(images: [{base64: \"" + Catalogue.PNG_BASE64
                + "\"}]) { image { mimeType byteSize url createdAt } } }");
        ExecutionResult refused = graphQl.execute("mutation { create(images: [{base64: \"aGVsbG8=\"}]) { weight } }");
        ExecutionResult started = graphQl.execute("""
                mutation {
                  startFileUpload(input: {field: "Product.image", fileName: "a.png", byteSize: 3}) { token request { method } }
                }""");
        ExecutionResult fields = graphQl.execute("{ fileFields { field accept sources visibility maxByteSize } }");

        assertThat(created.getErrors()).isEmpty();
        assertThat(store.keys()).hasSize(1);
        assertThat(ClientError.of(refused)).extracting(ClientError::code).containsExactly("FILE_TYPE_NOT_ACCEPTED");
        assertThat(started.getErrors()).isEmpty();
        assertThat(fields.getErrors()).isEmpty();
        assertThat(files.fields()).extracting(FileField::coordinate).containsExactly("Product.image");
    }

    @Test
    void codeFirst_typesEqualThoseOfTheSdl() {
        Catalogue catalogue = permitting("type Query { a: Int } type Mutation { a: Int }");
        GraphQLSchema fromSdl = catalogue.unapplied();
        GraphQLFiles files = catalogue.files();
        GraphQLSchema fromCode = GraphQLSchema.newSchema()
                .query(GraphQLObjectType.newObject()
                        .name("Query")
                        .field(field -> field.name("a").type(Scalars.GraphQLInt))
                        .fields(files.queryFields()))
                .mutation(GraphQLObjectType.newObject()
                        .name("Mutation")
                        .field(field -> field.name("a").type(Scalars.GraphQLInt))
                        .fields(files.mutationFields()))
                .additionalTypes(files.types())
                .build();

        for (GraphQLNamedType type : fromCode.getAllTypesAsList()) {
            if (type instanceof GraphQLScalarType) {
                continue; // described on its own here, by the SDL there
            }
            assertThat(PRINTER.print(type))
                    .as(type.getName())
                    .isEqualTo(PRINTER.print(fromSdl.getType(type.getName())));
        }
    }

    @Test
    void codeFirst_withoutAnAuthorizer_noOperations() {
        GraphQLFiles files = new Catalogue().files();

        assertThat(files.queryFields()).isEmpty();
        assertThat(files.mutationFields()).isEmpty();
        assertThat(files.types())
                .extracting(type -> ((GraphQLNamedType) type).getName())
                .containsExactlyInAnyOrder(
                        "Upload",
                        "URL",
                        "Long",
                        "DateTime",
                        "FileVisibility",
                        "FileSourceType",
                        "FileVariantFit",
                        "FileVariantFormat",
                        "FileVariant",
                        "StoredFileInput",
                        "StoredFile");
    }

    private static Catalogue permitting(String sdl) {
        return new Catalogue().sdl(sdl).settings(builder -> builder.authorizer(access -> true));
    }

    private static GraphQLSchema generate(GraphQLFiles files, TypeDefinitionRegistry types) {
        return new SchemaGenerator()
                .makeExecutableSchema(
                        types,
                        files.addScalars(RuntimeWiring.newRuntimeWiring()).build());
    }

    private static void assertOperations(GraphQLSchema schema) {
        assertThat(schema.getQueryType().getFieldDefinition("urlForFile")).isNotNull();
        assertThat(schema.getQueryType().getFieldDefinition("fileFields")).isNotNull();
        assertThat(schema.getMutationType().getFieldDefinition("startFileUpload"))
                .isNotNull();
        assertThat(schema.getMutationType().getFieldDefinition("abortFileUpload"))
                .isNotNull();
    }

    private static DataFetcher<?> fetcher(GraphQLSchema schema, String type, String field) {
        return schema.getCodeRegistry()
                .getDataFetcher(
                        FieldCoordinates.coordinates(type, field),
                        schema.getObjectType(type).getFieldDefinition(field));
    }
}
