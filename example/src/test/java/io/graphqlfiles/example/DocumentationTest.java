package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the documents show is what the build compiles and runs: a block under {@code <!-- snippet: file#name -->} equals
 * the lines between {@code tag::name} and {@code end::name} in that file, in comments of Java, YAML or XML, or all of
 * the file if no name is given.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- snippet: ([^# ]+)(?:#([a-z0-9-]+))? -->\\R+```[a-z]*\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern REVISION = Pattern.compile("<revision>(.+)</revision>");
    private static final Pattern VERSION =
            Pattern.compile("graphql-files-[a-z0-9-]+(?:</artifactId>\\s*<version>|:)([^<\"`]+)");
    private static final Pattern TAG = Pattern.compile("\\s*(?://|#|<!--) (tag|end)::([a-z0-9-]+)(?: -->)?\\s*");

    @TestFactory
    Stream<DynamicTest> snippets_equalTheirSource() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher snippet = SNIPPET.matcher(Files.readString(document));
            while (snippet.find()) {
                String source = snippet.group(1);
                String tag = snippet.group(2);
                String shown = snippet.group(3);
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(document) + ": " + source + (tag == null ? "" : "#" + tag),
                        () -> assertThat(shown.stripTrailing()).isEqualTo(lines(source, tag))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(8);
        return tests.stream();
    }

    @Test
    void links_leadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains(":") && !Files.exists(document.resolveSibling(target))) {
                    broken.add(ROOT.relativize(document) + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void versions_areTheOneThatTheBuildMakes() throws IOException {
        Matcher revision = REVISION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(revision.find()).isTrue();
        List<String> shown = new ArrayList<>();
        for (Path document : documents()) {
            Matcher version = VERSION.matcher(Files.readString(document));
            while (version.find()) {
                shown.add(ROOT.relativize(document) + ": " + version.group(1));
            }
        }
        assertThat(shown).hasSizeGreaterThan(5).allMatch(each -> each.endsWith(": " + revision.group(1)));
        assertThat(Files.readString(ROOT.resolve("clients/upload/package.json")))
                .contains("\"version\": \"" + revision.group(1).replace("-SNAPSHOT", "") + "\"");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> hosting = Files.list(ROOT.resolve(".github"));
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, Stream.concat(hosting, docs))
                    .filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.startsWith(ROOT.resolve("docs/node_modules")))
                    .sorted()
                    .toList();
        }
    }

    /** The tagged lines, moved to the left margin. */
    private static String lines(String source, String tag) throws IOException {
        List<String> found = new ArrayList<>();
        boolean inside = tag == null;
        for (String line : Files.readAllLines(ROOT.resolve(source))) {
            Matcher mark = TAG.matcher(line);
            if (mark.matches()) {
                if (mark.group(2).equals(tag)) {
                    inside = mark.group(1).equals("tag");
                }
            } else if (inside) {
                found.add(line);
            }
        }
        return String.join("\n", found).stripIndent().strip();
    }
}
