package io.graphqlfiles.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** In this module there is no {@code sts}, as in applications that do not add it. */
class WebIdentityTest {

    private static final Map<String, String> POD = Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token");

    private static S3ClientBuilder client() {
        return S3Client.builder().region(Region.EU_CENTRAL_1);
    }

    @Test
    void identityThatCannotBeUsed_isAProblem() {
        Properties system = new Properties();
        system.setProperty("aws.webIdentityTokenFile", "/var/run/token");
        try (S3Client client = client().build()) {
            assertThat(WebIdentity.problems(client, POD, new Properties()))
                    .singleElement()
                    .asString()
                    .endsWith("Add the dependency software.amazon.awssdk:sts");
            assertThat(WebIdentity.problems(client, Map.of(), system)).hasSize(1);
        }
    }

    @Test
    void noIdentity_isNone() {
        try (S3Client client = client().build()) {
            assertThat(WebIdentity.problems(client, Map.of(), new Properties())).isEmpty();
        }
    }

    @Test
    void keysThatComeFirst_areNone() {
        Properties system = new Properties();
        system.setProperty("aws.accessKeyId", "a");
        try (S3Client client = client().build()) {
            assertThat(WebIdentity.problems(
                            client,
                            Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token", "AWS_ACCESS_KEY_ID", "a"),
                            new Properties()))
                    .isEmpty();
            assertThat(WebIdentity.problems(client, POD, system)).isEmpty();
        }
    }

    @Test
    void clientWithCredentialsOfItsOwn_isNone() {
        try (S3Client client = client().credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            assertThat(WebIdentity.problems(client, POD, new Properties())).isEmpty();
        }
    }
}
