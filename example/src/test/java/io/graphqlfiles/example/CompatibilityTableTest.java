package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} says what the build tests: no server more, none less, in the same versions. */
class CompatibilityTableTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path MODULES = ROOT.resolve("integrations/compatibility");
    private static final List<Path> OTHER_MODULES = Stream.of(
                    "jpa",
                    "day",
                    "day-spring-boot-3.5",
                    "persistence",
                    "kotlin",
                    "code-generation",
                    "ahead-of-time",
                    "clouds")
            .map(MODULES::resolve)
            .toList();
    private static final Pattern ROW =
            Pattern.compile("^\\|(.*)\\| \\[(\\w+)]\\(\\.\\./(integrations/compatibility/[^)]+)\\) *\\|$");
    private static final Pattern FULL_VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Pattern TEST_METHOD = Pattern.compile("`([a-z]\\w+_\\w+|noEventLoopWasBlocked)`");

    /** @param cells server, version, graphql-java, files, user, language, DataLoaders, JSON arrays, attachments */
    private record Row(List<String> cells, Path test) {

        Path module() {
            return MODULES.resolve(MODULES.relativize(test).getName(0));
        }

        boolean passesTheContract() {
            return cells.get(3).equals("yes");
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/compatibility.md"));
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        page().lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> cells =
                        Stream.of(row.group(1).split("\\|")).map(String::strip).toList();
                rows.add(new Row(cells, ROOT.resolve(row.group(3))));
            }
        });
        return rows;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void everyTestOfAServer_hasARow() throws IOException {
        Set<Path> tests;
        try (Stream<Path> files = Files.walk(MODULES)) {
            // Applications as strangers write them, those of the documents, clients, the actuator, rules on methods,
            // and attacks, are tried on servers that have their rows.
            tests = files.filter(file -> OTHER_MODULES.stream().noneMatch(file::startsWith))
                    .filter(file -> !file.getParent().endsWith("docs"))
                    .filter(file -> file.getFileName().toString().matches(".*Test\\.(java|kt)"))
                    .filter(file -> !file.getFileName().toString().startsWith("Hostile"))
                    .filter(file -> !file.getFileName().toString().endsWith("ClientTest.java"))
                    .filter(file -> !file.getFileName().toString().equals("ActuatorTest.java"))
                    .filter(file -> !file.getFileName().toString().equals("RulesTest.java"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(rows()).extracting(Row::test).containsExactlyInAnyOrderElementsOf(tests);
    }

    @Test
    void rowsThatSayYes_passTheContract() throws IOException {
        for (Row row : rows()) {
            boolean contract = Pattern.compile("(extends|:) (GraphQLServer|Spring|Mvc|WebFlux)Contract")
                    .matcher(text(row.test()))
                    .find();
            assertThat(row.passesTheContract()).as(row.cells().get(0)).isEqualTo(contract);
        }
    }

    @Test
    void attachments_areTestedOnWhatIsOfSpring() throws IOException {
        for (Row row : rows()) {
            boolean contract = Pattern.compile("extends (Spring|Mvc|WebFlux)Contract")
                    .matcher(text(row.test()))
                    .find();
            boolean isTriedThere = text(row.test()).contains("void attachment_");
            assertThat(row.cells().get(8))
                    .as(row.cells().get(0))
                    .isEqualTo(contract ? "yes" : isTriedThere ? "part" : "-");
        }
    }

    @Test
    void versions_areThoseOfTheBuild() throws IOException {
        String poms = text(ROOT.resolve("pom.xml"));
        for (Row row : rows()) {
            String module = text(row.module().resolve("pom.xml"));
            Matcher version = FULL_VERSION.matcher(row.cells().get(1));
            while (version.find()) {
                assertThat(module + poms).as(row.cells().get(0)).contains(">" + version.group() + "<");
            }
            String graphQlJava = row.cells().get(2);
            assertThat(module)
                    .as(row.cells().get(0))
                    .satisfiesAnyOf(
                            pom -> assertThat(pom).contains("<graphql-java.version>" + graphQlJava + "<"),
                            pom -> assertThat(pom)
                                    .contains("<graphql-java.version>${graphql-java.oldest.version}<")
                                    .satisfies(any -> assertThat(poms)
                                            .contains("<graphql-java.oldest.version>" + graphQlJava + "<")),
                            pom -> assertThat(pom)
                                    .doesNotContain("<graphql-java.version>")
                                    .satisfies(any ->
                                            assertThat(poms).contains("<graphql-java.version>" + graphQlJava + "<")));
        }
    }

    /** The contract itself compares what a server is said to do with what it does. */
    @Test
    void whatServersCannotDo_isWhatTheirTestsSay() throws IOException {
        Path spring = MODULES.resolve(
                "spring-application/src/main/java/io/graphqlfiles/compatibility/spring/SpringServer.java");
        for (Row row : rows()) {
            if (row.passesTheContract()) {
                String test = text(row.test());
                String description = test.contains("Feature") ? test : text(spring);
                Matcher lacking = Pattern.compile("complementOf\\(EnumSet\\.of\\(([^)]*)\\)\\)")
                        .matcher(description);
                String features = lacking.find() ? lacking.group(1) : "";
                assertThat(row.cells().get(5)).as(row.cells().get(0)).isEqualTo(cell(features, "LOCALE", "no"));
                assertThat(row.cells().get(6)).as(row.cells().get(0)).isEqualTo(cell(features, "DATA_LOADERS", "no"));
                assertThat(row.cells().get(7))
                        .as(row.cells().get(0))
                        .isEqualTo(cell(features, "BATCHED_OPERATIONS", "400"));
            }
        }
    }

    private static String cell(String lacking, String feature, String otherwise) {
        return lacking.contains(feature) ? otherwise : "yes";
    }

    @Test
    void testsThatAreNamed_exist() throws IOException {
        Path contracts = Path.of("src/main/java/io/graphqlfiles");
        String sources = text(ROOT.resolve("testkit").resolve(contracts).resolve("testkit/GraphQLServerContract.java"));
        for (String contract : List.of("AttachmentsContract", "SpringContract", "WebFluxContract")) {
            sources += text(MODULES.resolve("spring-application")
                    .resolve(contracts)
                    .resolve("compatibility/spring/" + contract + ".java"));
        }
        sources +=
                text(MODULES.resolve("quarkus/src/test/java/io/graphqlfiles/compatibility/quarkus/QuarkusTest.java"));
        Matcher named = TEST_METHOD.matcher(page());
        int count = 0;
        while (named.find()) {
            assertThat(sources).contains("void " + named.group(1) + "(");
            count++;
        }
        assertThat(count).isGreaterThan(25);
    }
}
