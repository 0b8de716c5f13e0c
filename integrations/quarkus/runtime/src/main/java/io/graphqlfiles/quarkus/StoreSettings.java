package io.graphqlfiles.quarkus;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of stores in clouds. */
public final class StoreSettings {

    private StoreSettings() {}

    /** What {@code quarkus.graphql-files.store} can be. */
    public enum Kind {
        /** A directory. */
        FS,
        /** Amazon S3 and servers that speak its protocol. */
        S3,
        /** Google Cloud Storage. */
        GCS,
        /** Azure Blob Storage. */
        AZURE
    }

    /**
     * The store in a bucket of Amazon S3, or of a server that speaks its protocol. Credentials come from where the
     * vendor's client looks for them: environment, profiles, the machine's role. The settings from region to
     * attempt-timeout are not looked at when the application has a bean of type {@code S3Client}.
     */
    @ConfigGroup
    public interface S3 {

        /** Name of a bucket that exists. Required for this store. */
        Optional<String> bucket();

        /** What the names of all objects begin with, such as "shop/", so that applications can share a bucket. */
        Optional<String> keyPrefix();

        /** Where everyone reads public files, for example a CDN in front of the bucket. */
        Optional<URI> publicBaseUrl();

        /** Region of the bucket. By default that of the environment. */
        Optional<String> region();

        /** URL of a server other than Amazon's. */
        Optional<URI> endpoint();

        /** URL by which clients reach that server, if it is another. */
        Optional<URI> publicEndpoint();

        /**
         * Whether the bucket's name is in the path of URLs rather than in the host's name, as most servers other than
         * Amazon's want it.
         */
        @WithDefault("false")
        boolean pathStyle();

        /** Whether to leave out checksums and chunks that servers other than Amazon's may refuse. */
        @WithDefault("false")
        boolean compatible();

        /** Time for one call to the server with all its attempts. */
        @WithDefault("60s")
        Duration callTimeout();

        /** Time for one attempt of a call. A part of 8 MB must be sent in it. */
        @WithDefault("30s")
        Duration attemptTimeout();
    }

    /**
     * The store in a bucket of Google Cloud Storage. Credentials come from where the vendor's client looks for them.
     * Project and endpoint are not looked at when the application has a bean of type {@code Storage}.
     */
    @ConfigGroup
    public interface Gcs {

        /** Name of a bucket that exists. Required for this store. */
        Optional<String> bucket();

        /** What the names of all objects begin with, such as "shop/", so that applications can share a bucket. */
        Optional<String> keyPrefix();

        /** Where everyone reads public files, for example a CDN in front of the bucket. */
        Optional<URI> publicBaseUrl();

        /** Project of the bucket. By default that of the credentials. */
        Optional<String> project();

        /** URL of a server other than Google's. */
        Optional<URI> endpoint();
    }

    /**
     * The store in a container of Azure Blob Storage. The settings from connection-string to endpoint are not looked at
     * when the application has a bean of type {@code BlobServiceClient}.
     */
    @ConfigGroup
    public interface Azure {

        /** Name of a container that exists. Required for this store. */
        Optional<String> container();

        /** Name of a container that exists and that everyone may read, for public files. */
        Optional<String> publicContainer();

        /** What the names of all blobs begin with, such as "shop/", so that applications can share a container. */
        Optional<String> keyPrefix();

        /** Where everyone reads public files, for example a CDN in front of the container. */
        Optional<URI> publicBaseUrl();

        /** Connection string of the account, with its key. */
        Optional<String> connectionString();

        /** Name of the account, in place of a connection string. */
        Optional<String> accountName();

        /** Key of the account, in place of a connection string. */
        Optional<String> accountKey();

        /** Endpoint of the account, if it is not that of Azure's public cloud. */
        Optional<URI> endpoint();

        /**
         * Whether URLs are signed with user delegation keys, for a {@code BlobServiceClient} with a token credential.
         */
        @WithDefault("false")
        boolean userDelegation();
    }
}
