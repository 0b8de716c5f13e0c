package io.graphqlfiles.compatibility.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.s3.S3Template;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.graphql.test.autoconfigure.tester.AutoConfigureGraphQlTester;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.graphql.test.tester.ExecutionGraphQlServiceTester;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.s3.S3Client;

/** The bean of Spring Cloud AWS keeps the files, with the SDK and the HTTP client that it brings. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.cloud.gcp.storage.enabled=false",
            "spring.cloud.gcp.core.enabled=false",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
            "graphql.files.store=s3"
        })
@AutoConfigureGraphQlTester
class SpringCloudAwsTest {

    private static final S3ProxyServer S3 = S3ProxyServer.start();

    @Autowired
    private ExecutionGraphQlServiceTester tester;

    @Autowired
    private S3Client client;

    @Autowired
    private S3Template template;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("spring.cloud.aws.s3.endpoint", S3::endpoint);
        properties.add("spring.cloud.aws.s3.path-style-access-enabled", () -> true);
        properties.add("spring.cloud.aws.region.static", S3::region);
        properties.add("spring.cloud.aws.credentials.access-key", S3::accessKey);
        properties.add("spring.cloud.aws.credentials.secret-key", S3::secretKey);
        properties.add("graphql.files.s3.bucket", S3::bucket);
    }

    @AfterAll
    static void stop() {
        S3.close();
    }

    @Test
    void file_isKeptWithTheClientOfSpringCloud() {
        tester.document(Upload.DOCUMENT)
                .execute()
                .path("createProduct.image.mimeType")
                .entity(String.class)
                .isEqualTo("image/png");

        assertThat(template.listObjects(S3.bucket(), "private/")).hasSize(1);
        assertThat(client.listObjectsV2(list -> list.bucket(S3.bucket())).contents())
                .hasSize(1);
    }

    @Test
    void sdk_isTheApplications() {
        assertThat(VersionInfo.SDK_VERSION).isEqualTo("2.54.3");
    }
}
