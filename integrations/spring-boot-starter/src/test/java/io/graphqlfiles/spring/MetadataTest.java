package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE offers while the user types {@code graphql.files.}. */
class MetadataTest {

    @Test
    void everyProperty_isDescribed() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode properties = JsonMapper.shared().readTree(in).get("properties");

            assertThat(properties.valueStream())
                    .allSatisfy(
                            property -> assertThat(property.path("description").asString(""))
                                    .as(property.get("name").asString())
                                    .isNotBlank());
            assertThat(properties
                            .valueStream()
                            .map(property -> property.get("name").asString()))
                    .contains(
                            "graphql.files.store",
                            "graphql.files.fs.root",
                            "graphql.files.s3.bucket",
                            "graphql.files.s3.endpoint",
                            "graphql.files.gcs.bucket",
                            "graphql.files.gcs.hmac.access-id",
                            "graphql.files.azure.container",
                            "graphql.files.secret",
                            "graphql.files.base-path",
                            "graphql.files.base-url",
                            "graphql.files.limits.base64",
                            "graphql.files.limits.file",
                            "graphql.files.limits.copy-url",
                            "graphql.files.limits.direct-upload",
                            "graphql.files.limits.files-per-request",
                            "graphql.files.limits.direct-uploads-per-request",
                            "graphql.files.copy-url.allowed-networks",
                            "graphql.files.copy-url.max-concurrent-requests",
                            "graphql.files.url.validity",
                            "graphql.files.url.window",
                            "graphql.files.upload.tus",
                            "graphql.files.upload.validity",
                            "graphql.files.cors.allowed-origins",
                            "graphql.files.sweep.interval",
                            "graphql.files.sweep.batch-size",
                            "graphql.files.sweep.pause",
                            "graphql.files.attachments.enabled",
                            "graphql.files.attachments.create-tables",
                            "graphql.files.attachments.schema",
                            "graphql.files.attachments.by-default",
                            "graphql.files.attachments.retention",
                            "graphql.files.review.enabled",
                            "graphql.files.review.interval");
        }
    }

    /** A cell of the table names one property, or several; the later ones may leave out what they share. */
    @Test
    void tableOfTheGuide_hasEveryPropertyAndNoOther() throws IOException {
        String guide = Files.readString(Path.of("../../docs/getting-started-spring.md"));
        Set<String> shown = new TreeSet<>();
        for (String line : guide.lines().filter(line -> line.startsWith("| `")).toList()) {
            String group = "";
            Matcher name = Pattern.compile("`([a-z0-9.-]+)`").matcher(line.substring(0, line.indexOf(" |")));
            while (name.find()) {
                boolean whole = group.isEmpty() || name.group(1).contains(".");
                shown.add("graphql.files." + (whole ? name.group(1) : group + name.group(1)));
                group = whole ? name.group(1).substring(0, name.group(1).lastIndexOf('.') + 1) : group;
            }
        }

        try (InputStream in = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(shown)
                    .containsExactlyInAnyOrderElementsOf(JsonMapper.shared()
                            .readTree(in)
                            .get("properties")
                            .valueStream()
                            .map(property -> property.get("name").asString())
                            // Those of the endpoint are the actuator's.
                            .filter(name -> name.startsWith("graphql.files."))
                            .toList());
        }
    }
}
