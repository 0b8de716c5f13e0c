package io.graphqlfiles.benchmarks.s3;

import com.sun.management.OperatingSystemMXBean;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.s3.S3BlobStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * One contender, in a process of its own: uploads a stream each time that it reads a line. Arguments: contender,
 * endpoint, bytes.
 */
final class S3Uploader {

    /** Sends one stream. */
    private interface Upload {
        void run() throws Exception;
    }

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private static final AttributeMap TRUST = AttributeMap.builder()
            .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
            .build();
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDBENCHMARK", "benchmark"));

    private S3Uploader() {}

    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[1]);
        long byteSize = Long.parseLong(arguments[2]);
        Upload upload = switch (arguments[0]) {
            case S3UploadLoad.PLAIN_PUT -> plainPut(endpoint, byteSize);
            case S3UploadLoad.TRANSFER_MANAGER -> transferManager(endpoint, byteSize, true);
            case S3UploadLoad.TRANSFER_MANAGER_SIGNING -> transferManager(endpoint, byteSize, false);
            case S3UploadLoad.GRAPHQL_FILES -> graphQlFiles(endpoint, byteSize);
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (questions.readLine() != null) {
            System.gc();
            HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
            long cpu = SYSTEM.getProcessCpuTime();
            long begin = System.nanoTime();
            upload.run();
            long nanos = System.nanoTime() - begin;
            long peak = HEAP.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.out.println(nanos + " " + (SYSTEM.getProcessCpuTime() - cpu) + " " + peak);
        }
        Runtime.getRuntime().halt(0);
    }

    /** One request for a stream whose length is known, as the SDK sends it by default. */
    private static Upload plainPut(URI endpoint, long byteSize) {
        S3Client client = client(endpoint);
        return () -> client.putObject(
                put -> put.bucket("bucket").key("key"),
                RequestBody.fromInputStream(new RepeatedBytes(byteSize), byteSize));
    }

    /**
     * As Amazon's guide shows it for streams of unknown length.
     *
     * @param chunked whether to send chunks, as is the default; over plain HTTP those of this client are not signed
     */
    private static Upload transferManager(URI endpoint, long byteSize, boolean chunked) {
        S3AsyncClient client = S3AsyncClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .multipartEnabled(true)
                .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(chunked))
                .httpClient(NettyNioAsyncHttpClient.builder().buildWithDefaults(TRUST))
                .build();
        S3TransferManager manager = S3TransferManager.builder().s3Client(client).build();
        ExecutorService readers = Executors.newCachedThreadPool();
        return () -> manager.upload(upload -> upload.putObjectRequest(
                                put -> put.bucket("bucket").key("key"))
                        .requestBody(AsyncRequestBody.fromInputStream(body ->
                                body.inputStream(new RepeatedBytes(byteSize)).executor(readers))))
                .completionFuture()
                .get();
    }

    private static Upload graphQlFiles(URI endpoint, long byteSize) {
        S3BlobStore store = S3BlobStore.at(client(endpoint), "bucket");
        return () -> store.put(
                new PutRequest("key", -1, "video/mp4", "inline", Visibility.PRIVATE), new RepeatedBytes(byteSize));
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .httpClient(Apache5HttpClient.builder().buildWithDefaults(TRUST))
                .build();
    }
}
