package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is published is what the BOM lists and the README shows. */
class PublishedModulesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(graphql-files-[a-z0-9-]+)</artifactId>");
    private static final Pattern MANAGED = Pattern.compile("<dependency>\\s*<groupId>io.graphqlfiles</groupId>\\s*"
            + "<artifactId>(.+)</artifactId>\\s*<version>\\$\\{project.version}</version>\\s*</dependency>");

    @Test
    void bom_listsThePublishedModules() {
        assertThat(all(MANAGED, text("bom/pom.xml")))
                .containsExactlyInAnyOrderElementsOf(published())
                .contains("graphql-files-core", "graphql-files-spring-boot-starter");
    }

    @Test
    void readme_saysWhatIsPublished() {
        String readme = text("README.md");
        for (String artifact : published()) {
            // The starter, and Quarkus's build, bring them along.
            if (!artifact.endsWith("-autoconfigure") && !artifact.endsWith("-deployment")) {
                assertThat(readme).contains("`" + artifact + "`");
            }
        }
    }

    /** All but the BOM itself. */
    private static List<String> published() {
        return all(MODULE, text("pom.xml")).stream()
                .filter(module -> !module.equals("bom"))
                .map(module -> text(module + "/pom.xml"))
                .filter(pom -> pom.contains("<maven.deploy.skip>false</maven.deploy.skip>"))
                // The first is the parent.
                .map(pom -> all(ARTIFACT, pom).get(1))
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
