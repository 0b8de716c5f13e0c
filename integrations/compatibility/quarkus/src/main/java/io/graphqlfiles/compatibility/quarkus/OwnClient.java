package io.graphqlfiles.compatibility.quarkus;

import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A client of S3 that the application has made, where it is switched on. */
@Singleton
public class OwnClient {

    @Produces
    @Singleton
    @LookupIfProperty(name = "shop.own-client", stringValue = "true")
    S3Client client(@ConfigProperty(name = "shop.endpoint") Optional<URI> endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint.orElseThrow())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .build();
    }

    void close(@Disposes S3Client client) {
        client.close();
    }
}
