package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.ExecutionInput;
import graphql.GraphQL;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One instance for the schema of the shop and that of its administration, or for one that is loaded again. */
class SeveralSchemasTest {

    private static final String SHOP = """
            type Query { photo: StoredFile @file(maxSize: "5") }
            type Mutation { setPhoto(photo: StoredFileInput @file(field: "Query.photo")): Boolean }
            """;
    private static final String ADMINISTRATION = """
            type Query { report: StoredFile @file(maxSize: "9") }
            type Mutation { setReport(report: StoredFileInput @file(field: "Query.report")): Boolean }
            """;

    private final List<StoredFile> stored = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue().mutation("setPhoto", environment -> {
        stored.add(environment.getArgument("photo"));
        return true;
    });
    private final GraphQL shop =
            GraphQL.newGraphQL(catalogue.sdl(SHOP).schema()).build();
    private final GraphQL administration = administration();

    private GraphQL administration() {
        catalogue.mutations.clear();
        return GraphQL.newGraphQL(catalogue
                        .sdl(ADMINISTRATION)
                        .mutation("setReport", environment -> stored.add(environment.getArgument("report")))
                        .schema())
                .build();
    }

    @Test
    void mutations_takeFilesInEither() {
        Map<String, Object> file = Catalogue.text("1234567");

        assertThat(errors(administration, "mutation($f: StoredFileInput) { setReport(report: $f) }", file))
                .isEmpty();
        assertThat(errors(shop, "mutation($f: StoredFileInput) { setPhoto(photo: $f) }", file))
                .singleElement()
                .asString()
                .contains("larger than 5 bytes");
        assertThat(stored).singleElement().extracting(StoredFile::byteSize).isEqualTo(7L);
    }

    @Test
    void ownCalls_knowTheFieldsOfBoth() throws IOException {
        assertThat(catalogue.files().fields())
                .extracting(FileField::coordinate)
                .containsExactly("Query.photo", "Query.report");
        assertThat(catalogue
                        .files()
                        .store("Query.report", FileSource.of(new byte[9]))
                        .byteSize())
                .isEqualTo(9);
        assertThatThrownBy(() -> catalogue.files().store("Query.photo", FileSource.of(new byte[9])))
                .isInstanceOf(FileException.class);
    }

    @Test
    void loadedAgain_theLastRulesHold() throws IOException {
        catalogue.mutations.clear();
        catalogue.sdl("type Query { photo: StoredFile @file(maxSize: \"9\") }").schema();

        assertThat(catalogue
                        .files()
                        .store("Query.photo", FileSource.of(new byte[9]))
                        .byteSize())
                .isEqualTo(9);
    }

    @Test
    void loadedAgain_noFileIsStoredUnderOldRules() {
        catalogue.mutations.clear();
        catalogue.sdl("type Query { report: StoredFile @file(maxSize: \"3\") }").schema();

        assertThatThrownBy(() -> catalogue.files().store("Query.report", FileSource.of(new byte[9])))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("larger than 3 bytes");
    }

    private static List<String> errors(GraphQL engine, String document, Map<String, Object> file) {
        return engine
                .execute(ExecutionInput.newExecutionInput(document).variables(Map.of("f", file)))
                .getErrors()
                .stream()
                .map(error -> error.getMessage())
                .toList();
    }
}
