package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import graphql.schema.idl.RuntimeWiring;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.testkit.InMemoryAttachmentStore;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fields are attached, and which mistakes are found when the schema is built. */
class AttachmentSchemaTest {

    private static final String PRODUCT =
            "type Query { ok: Boolean } type Product { id: ID! image: StoredFile @file gallery: [StoredFile!] @file }\n";
    private static final String INPUT =
            "input ProductInput { image: StoredFileInput @file(field: \"Product.image\") }\n";

    private static Catalogue catalogue(String sdl, Consumer<GraphQLFiles.Builder> settings) {
        return new Catalogue().sdl(sdl).settings(builder -> {
            builder.attachments(new InMemoryAttachmentStore());
            settings.accept(builder);
        });
    }

    private static List<String> problems(String sdl, Consumer<GraphQLFiles.Builder> settings) {
        return problems(catalogue(sdl, settings));
    }

    private static List<String> problems(Catalogue catalogue) {
        FileSchemaException refused = catchThrowableOfType(FileSchemaException.class, catalogue::schema);
        assertThat(refused).as("a refusal").isNotNull();
        return refused.problems();
    }

    private static List<String> problems(String sdl) {
        return problems(sdl, builder -> {});
    }

    private static List<String> attached(Catalogue catalogue) {
        catalogue.schema();
        return catalogue.files().fields().stream()
                .filter(FileField::isAttached)
                .map(FileField::coordinate)
                .toList();
    }

    @Test
    void declaredFields_areAttachedByDefault() {
        assertThat(attached(catalogue(PRODUCT, builder -> {})))
                .containsExactlyInAnyOrder("Product.image", "Product.gallery");
    }

    @Test
    void attachByDefault_off_onlyThoseThatSay() {
        assertThat(attached(catalogue(
                        PRODUCT.replace("gallery: [StoredFile!] @file", "gallery: [StoredFile!] @file(attached: true)"),
                        builder -> builder.attachByDefault(false))))
                .containsExactly("Product.gallery");
    }

    @Test
    void fieldWithADataFetcher_isKeptByTheApplication() {
        Catalogue catalogue = catalogue(PRODUCT, builder -> {})
                .wiring(wiring -> wiring.type("Product", type -> type.dataFetcher("image", environment -> null)));

        assertThat(attached(catalogue)).containsExactly("Product.gallery");
    }

    @Test
    void registry_sayAttachedOrNot() {
        String sdl = PRODUCT.replace("@file", "");
        assertThat(attached(catalogue(
                        sdl,
                        builder -> builder.registry(FileFieldRegistry.newRegistry()
                                .field("Product", "image", rules -> rules.attached(true))
                                .field("Product", "gallery", rules -> rules.attached(false))
                                .build()))))
                .containsExactly("Product.image");
    }

    @Test
    void attached_withoutStore_refused() {
        assertThat(problems(new Catalogue().sdl(PRODUCT.replace("@file", "@file(attached: true)"))))
                .hasSize(2)
                .allMatch(problem -> problem.contains("needs an attachment store"));
    }

    @Test
    void attached_withADataFetcher_refused() {
        Catalogue catalogue = catalogue(
                        PRODUCT.replace("StoredFile @file", "StoredFile @file(attached: true)"), builder -> {})
                .wiring(wiring -> wiring.type("Product", type -> type.dataFetcher("image", environment -> null)));

        assertThat(problems(catalogue))
                .singleElement()
                .asString()
                .contains("Product.image", "data fetcher", "attached: false");
    }

    @Test
    void attached_onAnInput_refused() {
        assertThat(problems("type Query { a(f: StoredFileInput @file(attached: true)): Int }"))
                .singleElement()
                .asString()
                .contains("attached: expected on fields of object types only");
    }

    @Test
    void ownerId_unknown_refused() {
        assertThat(problems(PRODUCT.replace("id: ID!", "sku: ID!")))
                .hasSize(2)
                .allMatch(problem -> problem.contains("has no field \"id\"") && problem.contains("ownerId"));
        assertThat(problems("type Query { t: T } type T { id: ID f: StoredFile @file(ownerId: \"sku\") }"))
                .singleElement()
                .asString()
                .contains("has no field \"sku\"");
    }

    @Test
    void owner_notInTheResult_refused() {
        assertThat(problems(PRODUCT + INPUT + "type Mutation { save(p: ProductInput): Boolean }"))
                .singleElement()
                .asString()
                .contains("Mutation.save", "ProductInput.image", "returns Boolean", "owner:", "attached: false");
    }

    @Test
    void owner_twoFieldsOfTheType_refused_unlessSaid() {
        String payload = "type Payload { before: Product after: Product }\n";
        String mutation = "type Mutation { save(p: ProductInput): Payload }";
        assertThat(problems(PRODUCT + INPUT + payload + mutation))
                .singleElement()
                .asString()
                .contains("has before and after;", "owner: \"...\"");

        attached(catalogue(
                PRODUCT + payload + mutation
                        + "input ProductInput { image: StoredFileInput @file(field: \"Product.image\", owner: \"after\") }",
                builder -> {}));
        attached(catalogue(
                PRODUCT + payload + mutation + INPUT,
                builder -> builder.registry(FileFieldRegistry.newRegistry()
                        .owner("ProductInput.image", "after")
                        .build())));
    }

    /** A type that contains its like: the result is of the type, and is not whose file it is. */
    @Test
    void owner_saidBesideAResultOfTheType_isFollowed() {
        assertThat(problems(PRODUCT
                        + "type Mutation { add(f: StoredFileInput"
                        + " @file(field: \"Category.image\", owner: \"newest.name\")): Category }"
                        + " type Category { id: ID name: String newest: Category image: StoredFile @file }"))
                .singleElement()
                .asString()
                .contains("\"newest.name\"");
    }

    @Test
    void owner_wayThatLeadsNowhere_refused() {
        assertThat(
                        problems(
                                PRODUCT
                                        + "type Payload { product: Product }"
                                        + "type Mutation { save(f: StoredFileInput @file(field: \"Product.image\", owner: \"product.x\")): Payload }"))
                .singleElement()
                .asString()
                .contains("found \"product.x\"");
    }

    @Test
    void owner_withoutField_refused() {
        assertThat(problems("type Query { a(f: StoredFileInput @file(owner: \"x\")): Int }"))
                .anyMatch(problem -> problem.contains("owner requires field"));
    }

    @Test
    void listOfInputs_needsAListOfRecords() {
        assertThat(problems(PRODUCT + INPUT + "type Mutation { save(p: [ProductInput!]): Product }"))
                .singleElement()
                .asString()
                .contains("is no [Product]");
        assertThat(problems(PRODUCT + INPUT + "type Mutation { save(p: [[ProductInput!]]): [Product] }"))
                .singleElement()
                .asString()
                .contains("is no Product in 2 lists");
    }

    @Test
    void twoInputsForOneRecord_refused() {
        assertThat(problems(PRODUCT + INPUT + "type Mutation { save(a: ProductInput, b: ProductInput): Product }"))
                .singleElement()
                .asString()
                .contains("at two places");
    }

    @Test
    void twoInputsForOneRecord_ofOneType_saysWhichOnes() {
        assertThat(problems(PRODUCT + INPUT + "type Mutation { save(a: ProductInput, b: ProductInput): Product }"))
                .singleElement()
                .asString()
                .contains("a.image and b.image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a(f: F): Product @attachesFiles(of: 'Person') | expected of: to name a type",
                "a(id: ID): Boolean @attachesFiles(of: 'Product', id: 'id') | expected an input",
                "a(f: F): Product @attachesFiles(of: 'Product', input: 'g') | found none in \"g\"",
                "a(id: ID, f: F): Boolean @attachesFiles(of: 'Product', id: 'key') | expected id: to name an argument",
                "a(id: ID, f: F): Boolean @attachesFiles(of: 'Product', id: 'f') | expected id: to name an argument",
                "a(yes: Boolean, f: F): Boolean @attachesFiles(of: 'Product', id: 'yes') | which is of type Boolean",
                "a(gallery: ID, f: F): Boolean @attachesFiles(of: 'Product', id: 'gallery') | another field of it",
                "a(id: ID, f: F): Boolean @attachesFiles(of: 'Product', id: 'id', owner: 'x') | found both",
                "a(id: ID, f: F): Product @attachesFiles(of: 'Product', id: 'id') | leave id out",
                "a(id: ID, f: F): One @attachesFiles(of: 'Product', id: 'id') | leave id out",
                "a(id: ID, f: F): ID @attachesFiles(of: 'Product', id: 'id') | leave id out",
                "a(id: ID, f: F): Done @attachesFiles(of: 'Product', id: 'id') | cannot be known from Done",
                "a(id: ID, f: F): [Boolean] @attachesFiles(of: 'Product', id: 'id') | cannot be known from [Boolean]",
                "a(id: ID, f: F): Done @attachesFiles(of: 'Product', id: 'id', when: 'no') | found \"no\"",
                "a(id: ID, f: [F]): Boolean @attachesFiles(of: 'Product', id: 'id') | in the same lists",
                "a(id: [ID], f: F): Boolean @attachesFiles(of: 'Product', id: 'id') | in the same lists",
                "a(id: [ID], f: [F]): Boolean @attachesFiles(of: 'Product', id: 'id') | in the same lists",
                "a(f: F): Boolean @attachesFiles(of: 'Product') | returns Boolean",
                "a(f: F): String @attachesFiles(of: 'Product') | returns String",
                "a(f: F): Int @attachesFiles(of: 'Product') | returns Int",
                "a(f: F): Done @attachesFiles(of: 'Product', owner: 'ok') | found \"ok\"",
                "a(f: F): One @attachesFiles(of: 'Product', owner: 'product', when: 'no') | found \"no\"",
                "a(f: F): One @attachesFiles(of: 'Product') @attachesFiles(of: 'Product') | expected once for f.image"
            })
    void attachesFiles_mistakes_refused(String mutation, String problem) {
        assertThat(problems(PRODUCT + "type Mutation { " + mutation.replace('\'', '"') + " }"
                        + " input F { image: StoredFileInput @file(field: \"Product.image\") }"
                        + " type Done { ok: Boolean } type One { product: Product }"))
                .singleElement()
                .asString()
                .contains("Mutation.a: ", problem.trim());
    }

    @Test
    void attachesFiles_registry_mistakes_refused() {
        assertThat(problems(
                        PRODUCT + INPUT
                                + "type Mutation { a(p: ProductInput): Product @attachesFiles(of: \"Product\") }",
                        builder -> builder.registry(FileFieldRegistry.newRegistry()
                                .attachesFiles("Mutation", "a", "Product", rules -> {})
                                .attachesFiles("Mutation", "none", "Product", rules -> {})
                                .build())))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("both with @attachesFiles and in the registry"))
                .anyMatch(problem -> problem.contains("Mutation.none"));
    }

    @Test
    void inputThatContainsItself_refused() {
        assertThat(problems(PRODUCT
                        + "input ProductInput { parts: [ProductInput!] image: StoredFileInput @file(field: \"Product.image\") }"
                        + "type Mutation { save(p: ProductInput): Product }"))
                .singleElement()
                .asString()
                .contains("contains itself");
    }

    @Test
    void listAndSingle_mustAgree() {
        assertThat(problems(PRODUCT
                        + "type Mutation { a(f: StoredFileInput @file(field: \"Product.gallery\")): Product"
                        + " b(f: [StoredFileInput!] @file(field: \"Product.image\")): Product }"))
                .hasSize(2);
    }

    @Test
    void listsInLists_ofFiles_refused() {
        assertThat(problems("type Query { t: T } type T { id: ID f: [[StoredFile!]!] @file }"))
                .singleElement()
                .asString()
                .contains("T.f", "[[StoredFile!]!]", "attached: false");
        assertThat(problems(PRODUCT
                        + "type Mutation { a(f: [[StoredFileInput!]!] @file(field: \"Product.gallery\")): Product }"))
                .singleElement()
                .asString()
                .contains("expected [StoredFileInput!]", "found [[StoredFileInput!]!]");
    }

    @Test
    void ownerIds_ofOneTypeThatDiffer_refused() {
        assertThat(problems("type Query { t: T } type T { id: ID sku: ID"
                        + " f: StoredFile @file g: StoredFile @file(ownerId: \"sku\") }"))
                .singleElement()
                .asString()
                .contains("T.g: ownerId: expected the same for all attached fields of T, as for T.f");
    }

    @Test
    void directivesOnAnInterface_refused() {
        Catalogue catalogue = catalogue(
                        PRODUCT + "interface Changes { d(id: ID): Boolean @deletesFiles(of: \"Product\")"
                                + " a(id: ID): Boolean @attachesFiles(of: \"Product\", id: \"id\") }",
                        builder -> {})
                .wiring(wiring -> wiring.type("Changes", type -> type.typeResolver(environment -> null)));

        assertThat(problems(catalogue))
                .hasSize(2)
                .allMatch(problem -> problem.contains("found on that of an interface"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "when"})
    void ownerAndWhen_ofFilesInAColumn_refused(String argument) {
        assertThat(problems("type Query { t(f: StoredFileInput @file(field: \"T.f\", " + argument + ": \"x\")): T }"
                        + " type T { id: ID f: StoredFile @file(attached: false) }"))
                .singleElement()
                .asString()
                .contains("Query.t(f:): " + argument + ": expected for attached files only", "T.f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "when"})
    void ownerAndWhen_inSdlAndRegistry_refused(String argument) {
        assertThat(problems(
                        PRODUCT + "type Mutation { a(f: StoredFileInput @file(field: \"Product.image\", " + argument
                                + ": \"id\")): Product }",
                        builder -> builder.registry(FileFieldRegistry.newRegistry()
                                .owner("Mutation.a(f:)", "id")
                                .when("Mutation.a(f:)", "id")
                                .build())))
                .anyMatch(problem -> problem.contains(argument + ": declared both with @file and in the registry"));
    }

    @Test
    void listEdit_onlyForAttachedLists() {
        assertThat(problems("type Query { t(f: StoredFileListInput @file(field: \"T.f\")): T }"
                        + " type T { id: ID f: [StoredFile!] @file(attached: false) }"))
                .singleElement()
                .asString()
                .contains("StoredFileListInput", "kept in a column");
        assertThat(problems(PRODUCT
                        + "type Mutation { a(f: StoredFileListInput @file(field: \"Product.image\")): Product }"))
                .hasSize(1);
        assertThat(problems(PRODUCT + "type Mutation { a(f: StoredFileListInput): Product }"))
                .hasSize(1);
    }

    @Test
    void deletesFiles_mistakes_refused() {
        assertThat(problems(PRODUCT + "type Mutation { d(id: ID): Boolean @deletesFiles(of: \"Person\")"
                        + " e(key: ID): Boolean @deletesFiles(of: \"Product\")"
                        + " f(p: In): Boolean @deletesFiles(of: \"Product\", id: \"p.x\") }"
                        + " input In { id: ID }"))
                .hasSize(3)
                .allMatch(problem -> problem.contains("@deletesFiles"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d(id: ID): Payload | whether the record was deleted",
                "d(id: ID): Payload! | whether the record was deleted",
                "d(id: ID): Outcome | whether the record was deleted",
                "d(id: ID): [ID] | whether the record was deleted",
                "d(id: [ID]): Int | which of the records were deleted",
                "d(id: [ID]): ID | which of the records were deleted",
                "d(id: [ID]): [Boolean] | which of the records were deleted",
                "d(id: [ID]): Product | which of the records were deleted"
            })
    void deletesFiles_resultThatDoesNotTell_refused(String mutation, String problem) {
        Catalogue catalogue = catalogue(
                        PRODUCT + "type Mutation { " + mutation + " @deletesFiles(of: \"Product\") }"
                                + " type Payload { ok: Boolean error: String } union Outcome = Payload | Product",
                        builder -> {})
                .wiring(wiring -> wiring.type("Outcome", type -> type.typeResolver(environment -> null)));

        assertThat(problems(catalogue))
                .singleElement()
                .asString()
                .contains("Mutation.d", "@deletesFiles", problem, "when:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "d(id: Boolean): Boolean @deletesFiles(of: 'Product') | which is of type Boolean",
                "d(id: ID): Boolean @deletesFiles(of: 'Product') @deletesFiles(of: 'Product') | found twice",
                "d(id: [In]): Boolean @deletesFiles(of: 'Product') | which is of type In",
                "d(id: [In]): Boolean @deletesFiles(of: 'Product', id: 'id.key') | expected id: to name an argument",
                "d(id: [In]): ID @deletesFiles(of: 'Product', id: 'id.id') | which of the records were deleted"
            })
    void deletesFiles_argumentsThatAreNoIds_refused(String mutation, String problem) {
        assertThat(problems(PRODUCT + "type Mutation { " + mutation.replace('\'', '"') + " } input In { id: ID }"))
                .singleElement()
                .asString()
                .contains("Mutation.d: @deletesFiles: ", problem.trim());
    }

    @Test
    void deletesFiles_argumentIsAnotherFieldOfTheRecord_refused() {
        assertThat(problems(PRODUCT.replace("type Product {", "type Product { slug: String ")
                        + "type Mutation { d(slug: String): Boolean @deletesFiles(of: \"Product\", id: \"slug\") }"))
                .singleElement()
                .asString()
                .contains("Mutation.d", "@deletesFiles", "another field");
    }

    @Test
    void fieldOfAnInterface_hasNoRecords_refused() {
        String sdl = PRODUCT + "interface Pictured { image: StoredFile @file }";
        String inColumns = sdl.replace("StoredFile @file }", "StoredFile @file(attached: false) }");
        Consumer<RuntimeWiring.Builder> wiring =
                types -> types.type("Pictured", type -> type.typeResolver(environment -> null));

        assertThat(problems(catalogue(sdl, builder -> {}).wiring(wiring)))
                .singleElement()
                .asString()
                .contains("Pictured.image", "interface", "attached: false");
        assertThat(attached(catalogue(inColumns, builder -> {}).wiring(wiring))).doesNotContain("Pictured.image");
    }

    @Test
    void when_thatLeadsNowhere_refused() {
        assertThat(problems(PRODUCT
                        + "type Mutation { d(image: StoredFileInput @file(field: \"Product.image\", when: \"done\")): Payload }"
                        + " type Payload { product: Product }"))
                .singleElement()
                .asString()
                .contains("Mutation.d", "when:", "done");
    }

    @Test
    void deletesFiles_whenThatLeadsNowhere_refused() {
        assertThat(problems(PRODUCT
                        + "type Mutation { d(id: ID): Payload @deletesFiles(of: \"Product\", when: \"done\") }"
                        + " type Payload { ok: Boolean error: String }"))
                .singleElement()
                .asString()
                .contains("expected when: to lead to a field of Payload, found \"done\"");
    }

    @Test
    void deletesFiles_registry_mistakes_refused() {
        assertThat(problems(
                        PRODUCT + "type Mutation { d(id: ID): Boolean @deletesFiles(of: \"Product\") }",
                        builder -> builder.registry(FileFieldRegistry.newRegistry()
                                .deletesFiles("Mutation", "d", "Product", "id")
                                .deletesFiles("Mutation", "none", "Product", "id")
                                .build())))
                .hasSize(2);
    }

    @Test
    void appliedTwice_refused() {
        Catalogue catalogue =
                catalogue(PRODUCT + INPUT + "type Mutation { save(p: ProductInput): Product }", builder -> {});
        var once = catalogue.schema();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> catalogue.files().apply(once)))
                .isInstanceOf(IllegalStateException.class);
    }
}
