package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which rules hold where, and what is said when they are declared wrongly. */
class SchemaRulesTest {

    @Test
    void rules_fromTheDirective() {
        FileField field = field("""
                type Query { p: P }
                type P {
                  image: StoredFile @file(
                    visibility: PUBLIC, minSize: "1KB", maxSize: "5MB", accept: ["image/*"], sources: [FILE, BASE64])
                }
                """, SchemaRulesTest::asItComes, "P.image");

        assertThat(field.visibility()).isEqualTo(Visibility.PUBLIC);
        assertThat(field.minByteSize()).isEqualTo(1024);
        assertThat(field.accept()).containsExactly("image/*");
        assertThat(field.maxCount()).isNull();
        assertThat(field.sources()).containsExactly(FileSourceType.BASE64, FileSourceType.FILE);
        assertThat(field.store()).isEqualTo("default");
    }

    @Test
    void rules_fromTheRegistry() {
        FileFieldRegistry registry = FileFieldRegistry.newRegistry()
                .field(
                        "P",
                        "images",
                        rules -> rules.accept("image/*", ".pdf")
                                .maxCount(3)
                                .minSize(ByteSize.bytes(7))
                                .visibility(Visibility.PUBLIC)
                                .store("pictures")
                                .sources(FileSourceType.COPY_URL))
                .build();

        FileField field = field(
                "type Query { p: P } type P { images: [StoredFile!] }",
                builder -> builder.registry(registry).store("pictures", new InMemoryBlobStore()),
                "P.images");

        assertThat(field.visibility()).isEqualTo(Visibility.PUBLIC);
        assertThat(field.minByteSize()).isEqualTo(7);
        assertThat(field.accept()).containsExactly("image/*", ".pdf");
        assertThat(field.maxCount()).isEqualTo(3);
        assertThat(field.sources()).containsExactly(FileSourceType.COPY_URL);
        assertThat(field.store()).isEqualTo("pictures");
    }

    @Test
    void rules_noneFound_defaults() {
        FileField field = field(
                "type Query { ok: Boolean } type Mutation { set(file: StoredFileInput): Boolean }",
                SchemaRulesTest::asItComes,
                "Mutation.set(file:)");

        assertThat(field.visibility()).isEqualTo(Visibility.PRIVATE);
        assertThat(field.minByteSize()).isZero();
        assertThat(field.accept()).isEmpty();
        assertThat(field.maxCount()).isNull();
        assertThat(field.store()).isEqualTo("default");
        assertThat(field.sources())
                .containsExactly(FileSourceType.BASE64, FileSourceType.FILE, FileSourceType.COPY_URL);
    }

    @Test
    void sources_withAnAuthorizer_directUploadToo() {
        assertThat(field("type Query { file: StoredFile @file }", SchemaRulesTest::permitting, "Query.file")
                        .sources())
                .containsExactly(FileSourceType.values());
    }

    @Test
    void registry_usedTwice_isNotChanged() {
        FileFieldRegistry registry = FileFieldRegistry.newRegistry()
                .field("Query", "file", rules -> rules.accept("image/*"))
                .build();
        String sdl = "type Query { file: StoredFile }";
        field(sdl, builder -> builder.registry(registry), "Query.file");

        FileField second = field(sdl, builder -> builder.registry(registry).authorizer(access -> true), "Query.file");

        assertThat(second.sources()).contains(FileSourceType.DIRECT_UPLOAD);
    }

    @Test
    void fields_inTheOrderOfTheSchemaAndOnceEach() {
        GraphQLFiles files = apply("""
                type Query { p: P }
                type P { b: StoredFile @file  a: StoredFile @file  free: StoredFile }
                input I { a: StoredFileInput @file(field: "P.a")  b: StoredFileInput @file(field: "P.b") }
                type Mutation { set(i: I, a: StoredFileInput @file(field: "P.a")): P }
                """, SchemaRulesTest::asItComes);

        assertThat(files.fields()).extracting(FileField::coordinate).containsExactly("P.b", "P.a");
    }

    @Test
    void reference_toAFieldWithoutRules_hasTheDefaultsUnderItsName() {
        GraphQLFiles files = apply("""
                type Query { p: P }
                type P { image: StoredFile }
                type Mutation { set(image: StoredFileInput @file(field: "P.image")): P }
                """, SchemaRulesTest::asItComes);

        assertThat(files.fields()).extracting(FileField::coordinate).containsExactly("P.image");
    }

    @Test
    void interfaces_fieldsOfObjectsAndInterfacesStandForThemselves() {
        GraphQLFiles files = apply("""
                type Query { m: Media }
                interface Media { file: StoredFile @file(maxSize: "1MB") }
                type Photo implements Media { file: StoredFile @file(accept: ["image/*"]) }
                type Mutation { set(file: StoredFileInput @file(field: "Media.file")): Media }
                """, SchemaRulesTest::asItComes);

        assertThat(files.fields())
                .extracting(FileField::coordinate)
                .containsExactlyInAnyOrder("Media.file", "Photo.file");
    }

    @Test
    void recursiveInputs() {
        GraphQLFiles files = apply("""
                type Query { ok: Boolean }
                input A { b: B  a: [A!] }
                input B { a: A  file: StoredFileInput }
                type Mutation { set(a: A): Boolean }
                """, SchemaRulesTest::asItComes);

        assertThat(files.fields()).extracting(FileField::coordinate).containsExactly("B.file");
    }

    @Test
    void mistakes_allAtOnceEachWithItsCoordinate() {
        assertThatThrownBy(() -> apply("""
                        type Query { p: P  wrong: String @file }
                        type P {
                          unknownStore: StoredFile @file(store: "nowhere")
                          sizes: StoredFile @file(minSize: "2MB", maxSize: "1MB")
                          size: StoredFile @file(maxSize: "5 parsecs", minSize: "-1")
                          pattern: StoredFile @file(accept: ["image/*", "pictures"])
                          count: StoredFile @file(maxCount: 2)
                          counts: [StoredFile] @file(maxCount: 0)
                          direct: StoredFile @file(sources: [DIRECT_UPLOAD, BASE64])
                          noSources: StoredFile @file(sources: [])
                          selfReference: StoredFile @file(field: "P.good")
                          good: StoredFile @file
                        }
                        input I {
                          missing: StoredFileInput @file(field: "P.nothing")
                          notAFile: StoredFileInput @file(field: "Query.p")
                          beside: StoredFileInput @file(field: "P.good", maxSize: "1MB")
                          toWrong: StoredFileInput @file(field: "P.unknownStore")
                          wrong: Int @file
                        }
                        type Mutation {
                          set(i: I, wrong: [String] @file, size: StoredFileInput @file(maxSize: "huge")): Boolean
                        }
                        """, SchemaRulesTest::asItComes))
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "Query.wrong: @file: expected on type StoredFile or a list of it, found on type String",
                                        "P.unknownStore: store: expected one of [default], found \"nowhere\"",
                                        "P.sizes: minSize: expected at most maxSize, 1 MB, found 2 MB",
                                        "P.size: maxSize: expected a size such as \"512\", \"64KB\", \"5MB\" or \"1GB\", found \"5 parsecs\"",
                                        "P.size: minSize: expected a size such as \"512\", \"64KB\", \"5MB\" or \"1GB\", found \"-1\"",
                                        "P.pattern: accept: expected a pattern such as \"image/*\", \"application/pdf\" or \".csv\", found \"pictures\"",
                                        "P.count: maxCount: expected on a list only, found on a single file",
                                        "P.counts: maxCount: expected 1 or more, found 0",
                                        "P.direct: sources: DIRECT_UPLOAD is not possible: no FileAuthorizer says who may",
                                        "P.noSources: sources: expected at least one of [BASE64, FILE, COPY_URL, DIRECT_UPLOAD], found none",
                                        "P.selfReference: field: expected on inputs only, found on an output field",
                                        "I.missing: field: expected an output field of type StoredFile, found \"P.nothing\", which is none",
                                        "I.notAFile: field: expected an output field of type StoredFile, found \"Query.p\", which is none",
                                        "I.beside: field: expected alone, found next to other arguments of @file",
                                        "I.wrong: @file: expected on type StoredFileInput or a list of it, found on type Int",
                                        "Mutation.set(wrong:): @file: expected on type StoredFileInput or a list of it, found on type String",
                                        "Mutation.set(size:): maxSize: expected a size such as \"512\", \"64KB\", \"5MB\" or \"1GB\", found \"huge\""));
    }

    @Test
    void mistakes_message() {
        assertThatThrownBy(() -> apply(
                        "type Query { a: StoredFile @file(store: \"x\") b: Int @file }", SchemaRulesTest::asItComes))
                .hasMessage("""
                        The schema's file fields have 2 mistakes:
                          Query.b: @file: expected on type StoredFile or a list of it, found on type Int
                          Query.a: store: expected one of [default], found "x\"""");
        assertThatThrownBy(() -> apply("type Query { a: StoredFile @file(store: \"x\") }", SchemaRulesTest::asItComes))
                .hasMessage("""
                        The schema's file fields have 1 mistake:
                          Query.a: store: expected one of [default], found "x\"""");
    }

    @Test
    void mistakes_inTheRegistry() {
        FileFieldRegistry registry = FileFieldRegistry.newRegistry()
                .field("P", "nothing", rules -> {})
                .field("P", "name", rules -> {})
                .field("P", "twice", rules -> {})
                .field("I", "rules", rules -> rules.maxSize(ByteSize.bytes(1)))
                .input("I", "nothing", "P.twice")
                .input("I", "reference", "P.twice")
                .input("I", "lost", "P.lost")
                .argument("Mutation", "set", "nothing", "P.twice")
                .changes("P", "nothing")
                .changes("Nothing", "at")
                .changes("Media", "file")
                .build();

        assertThatThrownBy(() -> apply("""
                        type Query { p: P  m: Media }
                        interface Media { file: StoredFile }
                        type P { name: String  twice: StoredFile @file }
                        input I {
                          rules: StoredFileInput @file(field: "P.twice")
                          reference: StoredFileInput @file(maxSize: "1MB")
                          lost: StoredFileInput
                        }
                        type Mutation { set(i: I): Boolean }
                        """, builder -> builder.registry(registry)))
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "P.nothing: declared in the registry, but the schema has no such file field",
                                        "P.name: declared in the registry, but the schema has no such file field",
                                        "I.nothing: declared in the registry, but the schema has no such input for files",
                                        "Mutation.set(nothing:): declared in the registry, but the schema has no such input for files",
                                        "P.nothing: declared in the registry, but the schema has no such field",
                                        "Nothing.at: declared in the registry, but the schema has no such field",
                                        "Media.file: declared in the registry, but the schema has no such field",
                                        "P.twice: declared both with @file and in the registry",
                                        "I.rules: declared both with @file and in the registry",
                                        "I.reference: declared both with @file and in the registry",
                                        "I.lost: field: expected an output field of type StoredFile, found \"P.lost\", which is none"));
    }

    @Test
    void mistakes_noDefaultStore_saidOfEachFieldOnce() {
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store("pictures", new InMemoryBlobStore())
                .secret(Catalogue.SECRET)
                .build();
        Catalogue catalogue = new Catalogue().sdl("""
                type Query { a: StoredFile  b: StoredFile @file(store: "pictures") }
                type Mutation {
                  one(file: StoredFileInput @file(field: "Query.a")): Boolean
                  two(file: StoredFileInput @file(field: "Query.a")): Boolean
                }
                """);

        assertThatThrownBy(() -> files.apply(catalogue.unapplied()))
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("Query.a: store: expected one of [pictures], found \"default\""));
    }

    @Test
    void mistakes_storeWithoutEndpoint() {
        assertThatThrownBy(() -> apply(
                        "type Query { a: StoredFile @file }",
                        builder -> builder.fileEndpoint(false).authorizer(access -> true)))
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "Query.a: store: \"default\" signs no URLs itself, and the file endpoint is off"));
    }

    @Test
    void mistakes_ownDirectiveWithOtherValues() {
        assertThatThrownBy(() -> apply("""
                        directive @file(visibility: String, sources: [String!]) on FIELD_DEFINITION
                        type Query { a: StoredFile @file(visibility: "public", sources: ["FILE", "FAX"]) }
                        """, SchemaRulesTest::asItComes))
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "Query.a: visibility: expected one of [PUBLIC, PRIVATE], found \"public\"",
                                        "Query.a: sources: expected one of [BASE64, FILE, COPY_URL, DIRECT_UPLOAD], found \"FAX\""));
    }

    @Test
    void mistakes_typesOfAnotherKind() {
        assertThatThrownBy(() -> apply("""
                        type Query { a: StoredFile }
                        enum StoredFile { A }
                        enum StoredFileInput { A }
                        """, SchemaRulesTest::asItComes))
                .isInstanceOfSatisfying(
                        FileSchemaException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "StoredFile: expected an object type, found another kind of type",
                                        "StoredFileInput: expected an input object type, found another kind of type"));
    }

    @Test
    void mistakes_nothingIsApplied() {
        Catalogue catalogue = new Catalogue().sdl("type Query { a: StoredFile @file(store: \"x\") }");

        assertThatThrownBy(catalogue::schema).isInstanceOf(FileSchemaException.class);
        assertThat(catalogue.files().fields()).isEmpty();
    }

    @Test
    void registry_declaredTwice() {
        FileFieldRegistry.Builder registry = FileFieldRegistry.newRegistry()
                .field("P", "image", rules -> {})
                .argument("M", "set", "file", "P.image");

        assertThatThrownBy(() -> registry.input("P", "image", "P.other")).hasMessage("P.image: declared twice");
        assertThatThrownBy(() -> registry.argument("M", "set", "file", rules -> {}))
                .hasMessage("M.set(file:): declared twice");
    }

    private static void asItComes(GraphQLFiles.Builder builder) {}

    private static void permitting(GraphQLFiles.Builder builder) {
        builder.authorizer(access -> true);
    }

    private static GraphQLFiles apply(String sdl, Consumer<GraphQLFiles.Builder> settings) {
        Catalogue catalogue = new Catalogue()
                .sdl(sdl)
                .settings(settings)
                .wiring(wiring -> wiring.type("Media", type -> type.typeResolver(environment -> null)));
        catalogue.schema();
        return catalogue.files();
    }

    private static FileField field(String sdl, Consumer<GraphQLFiles.Builder> settings, String coordinate) {
        List<FileField> found = apply(sdl, settings).fields().stream()
                .filter(field -> field.coordinate().equals(coordinate))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
