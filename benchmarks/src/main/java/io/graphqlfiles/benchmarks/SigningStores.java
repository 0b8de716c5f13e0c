package io.graphqlfiles.benchmarks;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import io.graphqlfiles.storage.gcs.GcsBlobStore;
import io.graphqlfiles.storage.s3.S3BlobStore;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Stores that sign as the real ones do and keep blobs in memory: signing does no I/O, so no server is needed. */
final class SigningStores {

    static final String BUCKET = "bucket";

    private static final StaticCredentialsProvider AWS = StaticCredentialsProvider.create(
            AwsBasicCredentials.create("AKIDBENCHMARK", "of the benchmark, where nobody reads a file"));

    private SigningStores() {}

    /**
     * The store of that name: {@code file-endpoint}, {@code s3}, {@code azure}, {@code gcs-hmac} or {@code gcs-rsa}.
     */
    static BlobStore named(String name) {
        BlobStore memory = new InMemoryBlobStore();
        return switch (name) {
            case "file-endpoint" -> memory;
            case "s3" -> new SigningStore(memory, s3());
            case "azure" -> new SigningStore(memory, AzureBlobStore.at(azure(), BUCKET));
            case "gcs-hmac" ->
                new SigningStore(
                        memory,
                        GcsBlobStore.newGcsBlobStore(gcs(), BUCKET)
                                .hmacKey("GOOG1EBENCHMARK", "b2YgdGhlIGJlbmNobWFyaw==")
                                .build());
            case "gcs-rsa" -> new SigningStore(memory, GcsBlobStore.at(gcs(), BUCKET));
            default -> throw new IllegalArgumentException(name);
        };
    }

    static S3BlobStore s3() {
        return S3BlobStore.at(
                S3Client.builder()
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(AWS)
                        .build(),
                BUCKET);
    }

    /** What Amazon's users sign with. */
    static S3Presigner presigner() {
        return S3Presigner.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AWS)
                .build();
    }

    /** Azure's client, which signs too. */
    static BlobServiceClient azure() {
        return new BlobServiceClientBuilder()
                .endpoint("https://benchmark.blob.core.windows.net")
                .credential(new StorageSharedKeyCredential("benchmark", "b2YgdGhlIGJlbmNobWFyaw=="))
                .buildClient();
    }

    /** Google's client, which signs too. */
    static Storage gcs() {
        return StorageOptions.http()
                .setProjectId("benchmark")
                .setCredentials(ServiceAccountCredentials.newBuilder()
                        .setClientEmail("files@benchmark.iam.gserviceaccount.com")
                        .setPrivateKey(rsaKey())
                        .build())
                .build()
                .getService();
    }

    private static PrivateKey rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class SigningStore extends ForwardingBlobStore implements DirectAccess {

        private final DirectAccess signer;

        SigningStore(BlobStore blobs, DirectAccess signer) {
            super(blobs);
            this.signer = signer;
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            return signer.signPut(put);
        }

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            return signer.signGet(get);
        }

        @Override
        public boolean isSlowToSign() {
            return signer.isSlowToSign();
        }
    }
}
