package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.azure.AzureBlobStore;
import io.graphqlfiles.storage.gcs.GcsBlobStore;
import io.graphqlfiles.storage.gcs.server.GcsTestServer;
import io.graphqlfiles.storage.gcs.server.ServiceAccount;
import io.graphqlfiles.storage.s3.S3BlobStore;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import software.amazon.awssdk.services.s3.S3Client;

class StoreSettingsTest {

    private static final String KEY = "private/20260101/aaaaaaaaaaaaaaaaaaaaaaaaaa";

    @TempDir
    static Path directory;

    private static S3ProxyServer s3;
    private static GcsTestServer gcs;

    private final Instant now = Instant.now();

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "spring.graphql.schema.locations=classpath:starter-other/own-scalars/",
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more");

    private final WebApplicationContextRunner onS3 = runner.withPropertyValues(
                    "graphql.files.store=s3",
                    "graphql.files.s3.bucket=" + s3.bucket(),
                    "graphql.files.s3.region=" + s3.region(),
                    "graphql.files.s3.endpoint=" + s3.endpoint(),
                    "graphql.files.s3.path-style=true")
            .withSystemProperties("aws.accessKeyId=" + s3.accessKey(), "aws.secretAccessKey=" + s3.secretKey());

    private final WebApplicationContextRunner onGcs = runner.withPropertyValues(
            "graphql.files.store=gcs",
            "graphql.files.gcs.bucket=files",
            "graphql.files.gcs.project=tests",
            "graphql.files.gcs.hmac.access-id=a",
            "graphql.files.gcs.hmac.secret=b");

    private final WebApplicationContextRunner onAzure = runner.withPropertyValues(
            "graphql.files.store=azure",
            "graphql.files.azure.container=files",
            "graphql.files.azure.account-name=pictures",
            "graphql.files.azure.account-key=AAAA");

    @BeforeAll
    static void start() throws Exception {
        s3 = S3ProxyServer.start();
        gcs = GcsTestServer.newServer(ServiceAccount.generate(), directory).start();
        gcs.createBucket("files", "public/.*");
    }

    @AfterAll
    static void stop() {
        s3.close();
        gcs.close();
    }

    @Test
    void s3_withCredentialsOfTheEnvironment_keepsBlobs() {
        onS3.withPropertyValues("graphql.files.s3.key-prefix=shop/").run(context -> {
            BlobStore store = context.getBean(BlobStore.class);

            assertThat(store).isInstanceOf(S3BlobStore.class);
            assertThat(context).doesNotHaveBean(S3Client.class);
            assertThat(writtenAndRead(store)).isEqualTo("content");
            try (S3Client client = s3.newClient().build()) {
                assertThat(client.headObject(
                                        object -> object.bucket(s3.bucket()).key("shop/" + KEY))
                                .contentLength())
                        .isEqualTo(7);
            }
        });
    }

    @Test
    void s3_compatible_keepsBlobs() {
        onS3.withPropertyValues("graphql.files.s3.compatible=true", "graphql.files.s3.key-prefix=compatible/")
                .run(context -> assertThat(writtenAndRead(context.getBean(BlobStore.class)))
                        .isEqualTo("content"));
    }

    /** With one for the files and one for something else, a guess would keep files where nobody looks for them. */
    @Test
    void s3_severalClients_asksWhich() {
        onS3.withBean("archiveClient", S3Client.class, () -> s3.newClient().build())
                .withBean("filesClient", S3Client.class, () -> s3.newClient().build())
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .isEqualTo(
                                    "There are several beans of type software.amazon.awssdk.services.s3.S3Client, and it"
                                            + " is not said which one the files are kept with: archiveClient, filesClient.");
                    assertThat(analysis.getAction())
                            .isEqualTo(
                                    "Mark it with @Primary, or declare a bean of type io.graphqlfiles.spi.BlobStore that"
                                            + " is made with it.");
                });
    }

    @Test
    void gcs_severalClients_asksWhich() {
        onGcs.withBean("archiveClient", Storage.class, StoreSettingsTest::storage)
                .withBean("filesClient", Storage.class, StoreSettingsTest::storage)
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription())
                            .isEqualTo("There are several beans of type com.google.cloud.storage.Storage, and it is not"
                                    + " said which one the files are kept with: archiveClient, filesClient.");
                });
    }

    @Test
    void gcs_primaryClient_keepsBlobs() {
        onGcs.withPropertyValues("graphql.files.gcs.key-prefix=primary/")
                .withBean(
                        "archiveClient",
                        Storage.class,
                        () -> StorageOptions.http()
                                .setHost("http://127.0.0.1:1")
                                .setProjectId("archive")
                                .build()
                                .getService())
                .withBean("filesClient", Storage.class, StoreSettingsTest::storage, bean -> bean.setPrimary(true))
                .run(context -> assertThat(writtenAndRead(context.getBean(BlobStore.class)))
                        .isEqualTo("content"));
    }

    @Test
    void s3_client_isClosedWithTheContext() {
        BlobStore[] store = new BlobStore[1];
        onS3.run(context -> {
            store[0] = context.getBean(BlobStore.class);
            assertThat(store[0].stat(KEY)).isNull();
        });

        // A closed client has no timer any more for the limits of its calls.
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> store[0].stat(KEY))
                .withStackTraceContaining(RejectedExecutionException.class.getName());
    }

    @Test
    void s3_publicEndpoint_isWhatUrlsAreSignedFor() {
        onS3.withPropertyValues(
                        "graphql.files.s3.public-endpoint=https://media.example.com",
                        "graphql.files.s3.public-base-url=https://cdn.example.com/shop")
                .run(context -> {
                    DirectAccess store = (DirectAccess) context.getBean(BlobStore.class);

                    assertThat(signedGet(store, KEY, Visibility.PRIVATE)).hasHost("media.example.com");
                    assertThat(signedGet(store, "public/20260101/aaaaaaaaaaaaaaaaaaaaaaaaaa", Visibility.PUBLIC))
                            .hasToString("https://cdn.example.com/shop/public/20260101/aaaaaaaaaaaaaaaaaaaaaaaaaa");
                });
    }

    @Test
    void s3_requestHeaders_andCloudFront_areSigned() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        onS3.withPropertyValues(
                        "graphql.files.s3.request-headers.x-amz-storage-class=STANDARD",
                        "graphql.files.s3.cloud-front.base-url=https://cdn.example",
                        "graphql.files.s3.cloud-front.key-pair-id=K2JCJMDEHXQW5F",
                        "graphql.files.s3.cloud-front.private-key=" + pem)
                .run(context -> {
                    DirectAccess store = (DirectAccess) context.getBean(BlobStore.class);
                    Instant now = Instant.now();

                    assertThat(store.signPut(new SignPutRequest(KEY, 1, "text/plain", now, now.plusSeconds(60)))
                                    .headers())
                            .containsEntry("x-amz-storage-class", "STANDARD");
                    assertThat(store.signGet(
                                            new SignGetRequest(KEY, Visibility.PRIVATE, null, now, now.plusSeconds(60)))
                                    .url()
                                    .toString())
                            .startsWith("https://cdn.example/" + KEY + "?Expires=")
                            .contains("Key-Pair-Id=K2JCJMDEHXQW5F");
                });
    }

    @Test
    void s3_cloudFrontWithoutAKey_saysSo_andNeverShowsIt() {
        onS3.withPropertyValues(
                        "graphql.files.s3.cloud-front.base-url=https://cdn.example",
                        "graphql.files.s3.cloud-front.key-pair-id=K2JCJMDEHXQW5F",
                        "graphql.files.s3.cloud-front.private-key=a-secret-of-another-kind")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("graphql.files.s3.cloud-front.private-key: expected an RSA key as PEM")
                        .hasMessageNotContaining("another-kind"));
    }

    @Test
    void gcs_cloudCdn_signs() {
        onGcs.withPropertyValues(
                        "graphql.files.gcs.bucket=files",
                        "graphql.files.gcs.hmac.access-id=GOOG1EXAMPLE",
                        "graphql.files.gcs.hmac.secret=hmac-secret",
                        "graphql.files.gcs.cloud-cdn.base-url=https://cdn.example",
                        "graphql.files.gcs.cloud-cdn.key-name=files-key",
                        "graphql.files.gcs.cloud-cdn.key=nZtRohdNF9m3cKM24IcK4w==")
                .run(context -> {
                    DirectAccess store = (DirectAccess) context.getBean(BlobStore.class);
                    Instant now = Instant.now();

                    assertThat(store.signGet(
                                            new SignGetRequest(KEY, Visibility.PRIVATE, null, now, now.plusSeconds(60)))
                                    .url()
                                    .toString())
                            .startsWith("https://cdn.example/" + KEY + "?Expires=")
                            .contains("KeyName=files-key");
                });
    }

    @Test
    void namedStores_areNextToTheDefaultOne() {
        onS3.withPropertyValues(
                        "graphql.files.stores.archive.store=fs",
                        "graphql.files.stores.archive.fs.root=" + directory.resolve("archive"),
                        "graphql.files.stores.old.store=s3",
                        "graphql.files.stores.old.s3.bucket=" + s3.bucket(),
                        "graphql.files.stores.old.s3.key-prefix=old/",
                        "graphql.files.stores.old.s3.region=" + s3.region(),
                        "graphql.files.stores.old.s3.endpoint=" + s3.endpoint(),
                        "graphql.files.stores.old.s3.path-style=true")
                .run(context -> {
                    assertThat(context.getBean(GraphQLFiles.class))
                            .hasToString("GraphQLFiles[stores [default, archive, old]]");
                    NamedStores named = context.getBean(NamedStores.class);
                    assertThat(writtenAndRead(named.stores().get("archive"))).isEqualTo("content");
                    assertThat(writtenAndRead(named.stores().get("old"))).isEqualTo("content");
                    assertThat(context.getBean(BlobStore.class).stat("old/" + KEY))
                            .isNotNull();
                });
    }

    @Test
    void namedStore_withoutKindOrSettings_saysWhatToSet() {
        onS3.withPropertyValues("graphql.files.stores.archive.fs.root=" + directory)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessage("The store archive has no kind."));
        onS3.withPropertyValues("graphql.files.stores.archive.store=fs")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("needs graphql.files.stores.archive.fs.root"));
        onS3.withPropertyValues("graphql.files.stores.archive.store=gcs")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("graphql.files.stores.archive: ")
                        .hasMessageContaining("gcs.bucket"));
    }

    @Test
    void s3Client_ofTheApplication_wins() {
        runner.withPropertyValues(
                        "graphql.files.store=s3",
                        "graphql.files.s3.bucket=" + s3.bucket(),
                        "graphql.files.s3.key-prefix=own-client/",
                        "graphql.files.s3.endpoint=http://127.0.0.1:1")
                .withBean(S3Client.class, () -> s3.newClient().build())
                .run(context -> assertThat(writtenAndRead(context.getBean(BlobStore.class)))
                        .isEqualTo("content"));
    }

    @Test
    void s3_withoutBucket_saysSo() {
        runner.withPropertyValues("graphql.files.store=s3").run(context -> {
            FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getDescription())
                    .isEqualTo("The store of graphql.files.store=s3 needs graphql.files.s3.bucket, and it is not set.");
            assertThat(analysis.getAction()).isEqualTo("Set graphql.files.s3.bucket.");
        });
    }

    @Test
    void s3_withoutRegion_saysSo() {
        runner.withPropertyValues("graphql.files.store=s3", "graphql.files.s3.bucket=files")
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getDescription()).contains("needs a region");
                    assertThat(analysis.getAction()).contains("graphql.files.s3.region or AWS_REGION");
                });
    }

    @Test
    void s3_notOnTheClassPath_namesTheDependency() {
        onS3.withClassLoader(new FilteredClassLoader(S3BlobStore.class)).run(context -> {
            FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getDescription())
                    .isEqualTo("The store of graphql.files.store=s3 is not on the class path.");
            assertThat(analysis.getAction()).contains("io.graphqlfiles:graphql-files-storage-s3");
        });
    }

    @Test
    void sdkOfS3_notOnTheClassPath_namesTheDependency() {
        onS3.withClassLoader(new FilteredClassLoader(S3Client.class)).run(context -> {
            FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getAction()).contains("software.amazon.awssdk:s3");
        });
    }

    @Test
    void gcs_withAnHmacKey_signs() {
        runner.withPropertyValues(
                        "graphql.files.store=gcs",
                        "graphql.files.gcs.bucket=files",
                        "graphql.files.gcs.project=tests",
                        "graphql.files.gcs.endpoint=" + gcs.endpoint(),
                        "graphql.files.gcs.hmac.access-id=" + gcs.account().hmacAccessId(),
                        "graphql.files.gcs.hmac.secret=" + gcs.account().hmacSecret())
                .run(context -> {
                    DirectAccess store = (DirectAccess) context.getBean(BlobStore.class);

                    assertThat(store).isInstanceOf(GcsBlobStore.class);
                    assertThat(context).doesNotHaveBean(Storage.class);
                    assertThat(sendSigned(store)).isEqualTo(200);
                });
    }

    @Test
    void gcsStorage_ofTheApplication_wins() {
        runner.withPropertyValues(
                        "graphql.files.store=gcs",
                        "graphql.files.gcs.bucket=files",
                        "graphql.files.gcs.key-prefix=shop/",
                        "graphql.files.gcs.endpoint=http://127.0.0.1:1")
                .withBean(Storage.class, StoreSettingsTest::storage)
                .run(context -> {
                    assertThat(writtenAndRead(context.getBean(BlobStore.class))).isEqualTo("content");
                    assertThat(storage().get("files", "shop/" + KEY).getSize()).isEqualTo(7);
                });
    }

    @Test
    void azure_withAnAccountKey_signs() {
        onAzure.withPropertyValues("graphql.files.azure.public-container=files-public")
                .run(context -> {
                    BlobStore store = context.getBean(BlobStore.class);

                    assertThat(store).isInstanceOf(AzureBlobStore.class);
                    assertThat(context).doesNotHaveBean(BlobServiceClient.class);
                    assertThat(signedGet((DirectAccess) store, KEY, Visibility.PRIVATE)
                                    .toString())
                            .startsWith("https://pictures.blob.core.windows.net/files/" + KEY + "?sv=");
                });
    }

    @Test
    void azureClient_ofTheApplication_wins() {
        runner.withPropertyValues("graphql.files.store=azure", "graphql.files.azure.container=files")
                .withBean(
                        BlobServiceClient.class,
                        () -> new BlobServiceClientBuilder()
                                .connectionString("DefaultEndpointsProtocol=https;AccountName=own;AccountKey=AAAA;"
                                        + "EndpointSuffix=core.windows.net")
                                .buildClient())
                .run(context -> assertThat(
                                signedGet((DirectAccess) context.getBean(BlobStore.class), KEY, Visibility.PRIVATE))
                        .hasHost("own.blob.core.windows.net"));
    }

    @Test
    void azure_connectionString_andAnotherEndpoint() {
        runner.withPropertyValues(
                        "graphql.files.store=azure",
                        "graphql.files.azure.container=files",
                        "graphql.files.azure.connection-string=DefaultEndpointsProtocol=https;AccountName=own;"
                                + "AccountKey=AAAA;EndpointSuffix=core.windows.net",
                        "graphql.files.azure.endpoint=http://127.0.0.1:10000/own")
                .run(context -> assertThat(
                                signedGet((DirectAccess) context.getBean(BlobStore.class), KEY, Visibility.PRIVATE))
                        .hasPath("/own/files/" + KEY));
    }

    @Test
    void azure_withoutContainer_saysSo() {
        runner.withPropertyValues("graphql.files.store=azure").run(context -> {
            FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getAction()).isEqualTo("Set graphql.files.azure.container.");
        });
    }

    @Test
    void azure_withoutAccountKey_saysSo() {
        runner.withPropertyValues(
                        "graphql.files.store=azure",
                        "graphql.files.azure.container=files",
                        "graphql.files.azure.account-name=pictures")
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getAction()).isEqualTo("Set graphql.files.azure.account-key.");
                });
    }

    @Test
    void gcs_withoutBucket_saysSo() {
        runner.withPropertyValues("graphql.files.store=gcs").run(context -> {
            FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

            assertThat(analysis.getAction()).isEqualTo("Set graphql.files.gcs.bucket.");
        });
    }

    @Test
    void gcs_hmacKeyWithoutSecret_saysSo() {
        runner.withPropertyValues(
                        "graphql.files.store=gcs",
                        "graphql.files.gcs.bucket=files",
                        "graphql.files.gcs.project=tests",
                        "graphql.files.gcs.hmac.access-id=GOOG1")
                .run(context -> {
                    FailureAnalysis analysis = new MissingSettingFailureAnalyzer().analyze(context.getStartupFailure());

                    assertThat(analysis.getAction()).isEqualTo("Set graphql.files.gcs.hmac.secret.");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "s3.endpoint, localhost:9000, http://",
        "s3.endpoint, minio, http://",
        "s3.endpoint, ftp://minio:9000, http://",
        "s3.endpoint, http://minio_server:9000, no underscore",
        "s3.endpoint, http://minio:port, a port of digits",
        "s3.endpoint, http:///bucket, http://host:port",
        "s3.endpoint, http://minio:9000/?a=b, ?",
        "s3.public-endpoint, files.example.com, https://",
        "s3.public-base-url, cdn.example.com/files, https://",
        "gcs.endpoint, localhost:4443, http://",
        "gcs.endpoint, http://fake_gcs:4443, no underscore",
        "gcs.public-base-url, cdn.example.com, https://"
    })
    void url_thatIsNone_namesThePropertyAndSaysWhatToWrite(String property, String url, String advice) {
        (property.startsWith("gcs") ? onGcs : onS3)
                .withPropertyValues("graphql.files." + property + "=" + url)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, failure -> {
                            assertThat(failure.getName()).isEqualTo("graphql.files." + property);
                            assertThat(failure.getReason()).contains(advice);
                        }));
    }

    @Test
    void url_withCredentials_isRefusedWithoutSayingThem() {
        onS3.withPropertyValues("graphql.files.s3.endpoint=http://me:hushhush@localhost:9000")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("graphql.files.s3.endpoint")
                        .hasMessageNotContaining("hushhush"));
    }

    @ParameterizedTest
    @CsvSource({
        "url.validity=7d, url.validity, at most 7d together",
        "url.validity=PT167H1S, url.validity, at most 7d together",
        "url.window=8d, url.validity, at most 7d together",
        "url.validity=100000d, url.validity, at most 7d together",
        "upload.validity=8d, upload.validity, at most 7d",
        "upload.validity=169h, upload.validity, at most 7d"
    })
    void validity_longerThanABucketSigns_isRefusedAtStart(String setting, String named, String advice) {
        onS3.withPropertyValues("graphql.files." + setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, failure -> {
                            assertThat(failure.getName()).isEqualTo("graphql.files." + named);
                            assertThat(failure.getReason()).contains(advice);
                        }));
    }

    @Test
    void validity_asLongAsABucketSigns_starts() {
        onS3.withPropertyValues("graphql.files.url.validity=167h", "graphql.files.upload.validity=7d")
                .run(context -> {
                    DirectAccess store = (DirectAccess) context.getBean(BlobStore.class);

                    assertThat(store.signGet(new SignGetRequest(
                                            KEY, Visibility.PRIVATE, null, now, now.plus(Duration.ofDays(7))))
                                    .url())
                            .hasParameter("X-Amz-Expires", "604800");
                });
    }

    @Test
    void validity_inADirectory_mayBeLong() {
        runner.withPropertyValues(
                        "graphql.files.fs.root=" + directory,
                        "graphql.files.url.validity=30d",
                        "graphql.files.upload.validity=30d")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** A server that accepts connections and reads, and never answers. */
    @Test
    @Timeout(30)
    void s3_serverThatNeverAnswers_isGivenUpInTheTimeThatIsSet() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            onS3.withPropertyValues(
                            "graphql.files.s3.endpoint=http://127.0.0.1:" + silent.getLocalPort(),
                            "graphql.files.s3.call-timeout=400ms",
                            "graphql.files.s3.attempt-timeout=200ms")
                    .run(context -> assertThatExceptionOfType(BlobStoreException.class)
                            .isThrownBy(() -> writtenAndRead(context.getBean(BlobStore.class)))
                            .matches(BlobStoreException::isRetryable));
        }
    }

    @Test
    @Timeout(30)
    void gcs_serverThatNeverAnswers_isGivenUpInTheTimeThatIsSet() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            onGcs.withPropertyValues(
                            "graphql.files.gcs.endpoint=http://127.0.0.1:" + silent.getLocalPort(),
                            "graphql.files.gcs.call-timeout=400ms",
                            "graphql.files.gcs.attempt-timeout=200ms")
                    .run(context -> assertThatExceptionOfType(BlobStoreException.class)
                            .isThrownBy(() -> writtenAndRead(context.getBean(BlobStore.class)))
                            .matches(BlobStoreException::isRetryable));
        }
    }

    /** Small files need none of the memory, larger ones all of it. */
    @ParameterizedTest
    @CsvSource({"s3, 8MB, true", "s3, 7MB, false", "gcs, 8MB, true", "gcs, 7MB, false"})
    void bufferMemory_isThatOfTheStore(String store, String size, boolean isEnough) {
        (store.equals("s3") ? onS3 : onGcs)
                .withPropertyValues("graphql.files." + store + ".buffer-memory=" + size)
                .run(context -> {
                    if (isEnough) {
                        assertThat(context).hasNotFailed();
                    } else {
                        assertThat(context.getStartupFailure())
                                .rootCause()
                                .hasMessageStartingWith("bufferByteSize: expected at least a ")
                                .hasMessageEndingWith("found 7340032");
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"s3.call-timeout=0s", "s3.attempt-timeout=-1s", "gcs.call-timeout=0s", "gcs.attempt-timeout=-1s"
            })
    void timeout_thatIsNone_isRefused(String setting) {
        (setting.startsWith("s3") ? onS3 : onGcs)
                .withPropertyValues("graphql.files." + setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("graphql.files." + setting.substring(0, setting.indexOf('='))));
    }

    @Test
    void store_unknown_isRefused() {
        runner.withPropertyValues("graphql.files.store=tape")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("tape"));
    }

    private static String writtenAndRead(BlobStore store) throws IOException {
        store.put(
                new PutRequest(KEY, 7, "text/plain", "attachment", Visibility.PRIVATE),
                new ByteArrayInputStream("content".getBytes(UTF_8)));
        try (InputStream in = store.open(KEY, ByteRange.whole())) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private URI signedGet(DirectAccess store, String key, Visibility visibility) {
        return store.signGet(new SignGetRequest(key, visibility, null, now, now.plusSeconds(60)))
                .url();
    }

    private int sendSigned(DirectAccess store) throws IOException, InterruptedException {
        SignedRequest signed = store.signPut(new SignPutRequest(KEY, 7, "text/plain", now, now.plusSeconds(60)));
        HttpRequest.Builder request = HttpRequest.newBuilder(signed.url())
                .method(signed.method(), HttpRequest.BodyPublishers.ofString("content"));
        signed.headers().forEach(request::header);
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Storage storage() {
        try {
            return StorageOptions.http()
                    .setHost(gcs.endpoint().toString())
                    .setProjectId("tests")
                    .setCredentials(gcs.account().credentials(gcs.endpoint()))
                    .build()
                    .getService();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
