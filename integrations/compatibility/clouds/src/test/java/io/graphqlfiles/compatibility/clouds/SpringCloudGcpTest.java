package io.graphqlfiles.compatibility.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.CredentialsProvider;
import com.google.cloud.storage.Storage;
import io.graphqlfiles.storage.gcs.server.GcsTestServer;
import io.graphqlfiles.storage.gcs.server.ServiceAccount;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.graphql.test.autoconfigure.tester.AutoConfigureGraphQlTester;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.test.tester.ExecutionGraphQlServiceTester;

/** The bean of Spring Cloud GCP keeps the files. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.cloud.aws.s3.enabled=false",
            "spring.cloud.gcp.project-id=tests",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
            "graphql.files.store=gcs",
            "graphql.files.gcs.bucket=files",
            "graphql.files.gcs.hmac.access-id=a",
            "graphql.files.gcs.hmac.secret=b"
        })
@AutoConfigureGraphQlTester
class SpringCloudGcpTest {

    @TempDir
    static Path directory;

    private static GcsTestServer gcs;

    @Autowired
    private ExecutionGraphQlServiceTester tester;

    @Autowired
    private Storage storage;

    @TestConfiguration(proxyBeanMethods = false)
    static class Credentials {

        @Bean
        CredentialsProvider googleCredentials() {
            return () -> server().account().credentials(server().endpoint());
        }

        /** Otherwise as Spring Cloud has made it, whose property for the host has no place for a port. */
        @Bean
        static BeanPostProcessor testServer() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof Storage storage
                            ? storage.getOptions().toBuilder()
                                    .setHost(server().endpoint().toString())
                                    .build()
                                    .getService()
                            : bean;
                }
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server();
    }

    private static synchronized GcsTestServer server() {
        if (gcs == null) {
            try {
                gcs = GcsTestServer.newServer(ServiceAccount.generate(), directory)
                        .start();
                gcs.createBucket("files", "public/.*");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return gcs;
    }

    @AfterAll
    static void stop() {
        gcs.close();
    }

    @Test
    void file_isKeptWithTheClientOfSpringCloud() {
        tester.document(Upload.DOCUMENT)
                .execute()
                .path("createProduct.image.mimeType")
                .entity(String.class)
                .isEqualTo("image/png");

        assertThat(storage.list("files").iterateAll()).hasSize(1);
    }
}
