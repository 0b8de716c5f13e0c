package io.graphqlfiles.benchmarks;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import io.graphqlfiles.storage.gcs.GcsBlobStore;
import io.graphqlfiles.storage.s3.S3BlobStore;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One signed URL of each object store, none of them kept, beside what the vendors' own signers take for it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SigningBenchmark {

    private static final Instant FROM = Instant.parse("2030-01-31T10:00:00Z");
    private static final Duration VALIDITY = Duration.ofHours(4);

    private final S3BlobStore s3 = SigningStores.s3();
    private final S3Presigner presigner = SigningStores.presigner();
    private final BlobContainerClient container = SigningStores.azure().getBlobContainerClient(SigningStores.BUCKET);
    private final AzureBlobStore azure = AzureBlobStore.at(SigningStores.azure(), SigningStores.BUCKET);
    private final Storage storage = SigningStores.gcs();
    private final GcsBlobStore gcsRsa = GcsBlobStore.at(storage, SigningStores.BUCKET);
    private final GcsBlobStore gcsHmac = GcsBlobStore.newGcsBlobStore(storage, SigningStores.BUCKET)
            .hmacKey("GOOG1EBENCHMARK", "b2YgdGhlIGJlbmNobWFyaw==")
            .build();
    private int next;

    private String key() {
        return "private/" + next++;
    }

    private SignGetRequest get() {
        return new SignGetRequest(key(), Visibility.PRIVATE, null, FROM, FROM.plus(VALIDITY));
    }

    @Benchmark
    public String s3() {
        return s3.signGet(get()).text();
    }

    @Benchmark
    public URL s3Presigner() {
        return presigner
                .presignGetObject(presign -> presign.signatureDuration(VALIDITY)
                        .getObjectRequest(
                                get -> get.bucket(SigningStores.BUCKET).key(key())))
                .url();
    }

    @Benchmark
    public String azure() {
        return azure.signGet(get()).text();
    }

    @Benchmark
    public String azureGenerateSas() {
        return container
                .getBlobClient(key())
                .generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.ofInstant(FROM.plus(VALIDITY), ZoneOffset.UTC),
                        new BlobSasPermission().setReadPermission(true)));
    }

    @Benchmark
    public String gcsHmac() {
        return gcsHmac.signGet(get()).text();
    }

    @Benchmark
    public String gcsRsa() {
        return gcsRsa.signGet(get()).text();
    }

    @Benchmark
    public URL gcsStorageSignUrl() {
        return storage.signUrl(
                BlobInfo.newBuilder(SigningStores.BUCKET, key()).build(),
                VALIDITY.toSeconds(),
                TimeUnit.SECONDS,
                Storage.SignUrlOption.withV4Signature());
    }
}
