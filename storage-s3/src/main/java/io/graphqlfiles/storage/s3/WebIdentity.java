package io.graphqlfiles.storage.s3;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Whether the SDK can be whom the environment says. Where it is given a web identity, as a pod on EKS is, and has no
 * {@code sts} to exchange it with, it goes on to the next identity without a word: that of the machine.
 */
final class WebIdentity {

    private static final String EXCHANGE = "software.amazon.awssdk.services.sts.StsClient";

    private WebIdentity() {}

    /**
     * What is wrong, as {@link io.graphqlfiles.spi.BucketSetup#problems} says.
     *
     * @param client the application's; nothing is wrong if it does not look for credentials in the environment
     */
    static List<String> problems(S3Client client, Map<String, String> environment, Properties system) {
        boolean given = environment.containsKey("AWS_WEB_IDENTITY_TOKEN_FILE")
                || system.containsKey("aws.webIdentityTokenFile");
        // What comes before it in the SDK's chain.
        boolean keys = environment.containsKey("AWS_ACCESS_KEY_ID") || system.containsKey("aws.accessKeyId");
        if (!given || keys || !looksInEnvironment(client) || canExchange()) {
            return List.of();
        }
        return List.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE names a web identity, and the SDK lacks what it takes to use it, so that"
                        + " it acts as the machine or as nobody. Add the dependency software.amazon.awssdk:sts");
    }

    private static boolean looksInEnvironment(S3Client client) {
        try {
            return client.serviceClientConfiguration().credentialsProvider() instanceof DefaultCredentialsProvider;
        } catch (UnsupportedOperationException e) {
            return false; // a client that the application wrote itself does not say
        }
    }

    private static boolean canExchange() {
        try {
            Class.forName(EXCHANGE, false, S3Client.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
