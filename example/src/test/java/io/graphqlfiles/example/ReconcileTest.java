package io.graphqlfiles.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that compares the database with the store: a process that runs and ends. */
class ReconcileTest {

    @TempDir
    Path directory;

    @Test
    void reconcile_prints_andEndsTheProcess() throws Exception {
        Process process = start("--graphql.files.reconcile");
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(output).contains("0 blobs, 0 attached files: 0 orphans, 0 of them deleted, 0 missing");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CatalogueApplication.class.getName(),
                command));
        line.addAll(Server.arguments("jdbc:h2:file:" + directory.resolve("catalogue"), directory));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }
}
