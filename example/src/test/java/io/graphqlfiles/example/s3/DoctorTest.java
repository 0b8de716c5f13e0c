package io.graphqlfiles.example.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DoctorTest {

    @TempDir
    Path directory;

    private S3ProxyServer s3;

    @BeforeEach
    void start() {
        s3 = S3ProxyServer.newServer().origins("https://shop\\.example\\.com").start();
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void doctor_allIsWell_endsWithZero() throws Exception {
        Output output = run(
                "--graphql.files.s3.object-acls=true", "--graphql.files.cors.allowed-origins=https://shop.example.com");

        assertThat(output.text())
                .contains("aws s3api put-bucket-cors --bucket test-bucket")
                .contains("CORS of parts for https://shop.example.com: allowed")
                .doesNotContain("PROBLEM", "X-Amz-Signature", s3.secretKey());
        assertThat(output.exitCode()).isZero();
    }

    @Test
    void doctor_scriptsOfAnotherOrigin_endsWithOne() throws Exception {
        Output output = run("--graphql.files.cors.allowed-origins=https://other.example.com");

        assertThat(output.text()).containsPattern("PROBLEM +CORS of uploads for https://other.example.com");
        assertThat(output.exitCode()).isEqualTo(1);
    }

    private record Output(String text, int exitCode) {}

    private Output run(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--graphql.files.doctor");
        Process process = ExampleProcess.builder(s3, s3.endpoint(), directory, all.toArray(String[]::new))
                .start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Output(text, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }
}
