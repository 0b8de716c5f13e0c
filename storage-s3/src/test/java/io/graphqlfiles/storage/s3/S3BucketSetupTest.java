package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileStoreReport;
import io.graphqlfiles.maintenance.FileStoreReport.Finding.Outcome;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The set-up that is printed, and what is found on a server; lifecycle rules are those of a server of the test. */
class S3BucketSetupTest {

    private static final String SHOP = "https://shop.example.com";
    private static final BucketSetup.Use EVERYTHING = new BucketSetup.Use(true, true, List.of(SHOP), 2);
    private static final String FIELDS = """
            type Query { image: StoredFile @file(visibility: PUBLIC) manual: StoredFile @file }
            type Mutation { image(image: StoredFileInput @file(field: "Query.image")): Int }
            """;

    private static final String OWN = ": replaces what the bucket has, so merge what ";
    private static final String OF_OTHERS = ": deletes the rules of the bucket's other users unless you merge what ";

    private static S3ProxyServer server;
    private static S3Client client;

    @BeforeAll
    static void start() {
        server = S3ProxyServer.newServer()
                .origins("https://shop\\.example\\.com")
                .start();
        client = Clients.ordinary(server);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void setupTexts_areThoseOfTheDocumentation() throws IOException {
        List<BucketSetup.Text> texts = S3BlobStore.at(client, "my-bucket").setupTexts(EVERYTHING);

        assertThat(texts)
                .extracting(BucketSetup.Text::text)
                .containsExactly(
                        documented("rights.json"),
                        documented("leave.sh"),
                        documented("public.json"),
                        documented("cors.json"),
                        documented("lifecycle.json"));
        assertThat(texts)
                .extracting(BucketSetup.Text::command)
                .containsExactly(
                        "aws iam put-role-policy --role-name ROLE --policy-name graphql-files"
                                + " --policy-document file://rights.json",
                        "",
                        "aws s3api put-bucket-policy --bucket my-bucket --policy file://public.json",
                        "aws s3api put-bucket-cors --bucket my-bucket --cors-configuration file://cors.json",
                        "aws s3api put-bucket-lifecycle-configuration --bucket my-bucket"
                                + " --lifecycle-configuration file://lifecycle.json");
    }

    @Test
    void setupTexts_haveNothingThatIsNotNeeded() throws IOException {
        List<BucketSetup.Text> texts = S3BlobStore.newS3BlobStore(client, "my-bucket")
                .keyPrefix("app/")
                .build()
                .setupTexts(new BucketSetup.Use(false, false, List.of("*"), 2));

        assertThat(texts)
                .extracting(BucketSetup.Text::purpose)
                .containsExactly(
                        "Rights of the application",
                        "Cross-origin requests (CORS)" + OF_OTHERS + "get-bucket-cors shows",
                        "Removal of leftovers (lifecycle)" + OF_OTHERS + "get-bucket-lifecycle-configuration shows");
        assertThat(texts.get(0).text()).contains("\"arn:aws:s3:::my-bucket/app/*\"");
        assertThat(texts.get(1).text())
                .contains("\"*\"")
                .contains("[\"range\"]")
                .doesNotContain("PUT", "if-none-match");
        assertThat(texts.get(2).text()).contains("{\"Prefix\": \"app/\"}").doesNotContain("staged");
        for (BucketSetup.Text text : texts) {
            assertThat(new ObjectMapper().readTree(text.text()).isObject()).isTrue();
        }
    }

    @Test
    void setupTexts_whatReplacesAllRules_saysSo() {
        assertThat(purposes(S3BlobStore.at(client, "my-bucket")))
                .containsExactly(
                        "Rights of the application",
                        "Leave to make files public",
                        "Reading of public files by everyone" + OWN + "get-bucket-policy shows",
                        "Cross-origin requests (CORS)" + OWN + "get-bucket-cors shows",
                        "Removal of leftovers (lifecycle)" + OWN + "get-bucket-lifecycle-configuration shows");
        assertThat(purposes(S3BlobStore.newS3BlobStore(client, "my-bucket")
                        .keyPrefix("app/")
                        .build()))
                .contains("Reading of public files by everyone" + OF_OTHERS + "get-bucket-policy shows")
                .noneMatch(purpose -> purpose.contains(OWN));
    }

    @Test
    void setupTexts_objectAcls_needNoBucketPolicy() {
        List<BucketSetup.Text> texts = S3BlobStore.newS3BlobStore(client, "my-bucket")
                .objectAcls(true)
                .build()
                .setupTexts(EVERYTHING);

        assertThat(texts.get(0).text()).contains("s3:PutObjectAcl");
        assertThat(texts.get(1).text()).contains("BucketOwnerPreferred", "BlockPublicPolicy=true");
        assertThat(texts)
                .extracting(BucketSetup.Text::command)
                .noneMatch(command -> command.contains("put-bucket-policy"));
    }

    @Test
    void examine_findsNoProblemAndLeavesNothing() {
        S3BlobStore store = S3BlobStore.newS3BlobStore(client, server.bucket())
                .keyPrefix("app/")
                .objectAcls(true)
                .build();

        FileStoreReport report = examine(store, SHOP);

        assertThat(report.hasProblems()).as(report.text()).isFalse();
        // The server knows neither lifecycle rules nor a condition on copies; nothing else is left unchecked.
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() != Outcome.OK)
                .extracting(FileStoreReport.Finding::check, FileStoreReport.Finding::outcome)
                .containsExactly(
                        tuple("create only, by copying", Outcome.WARNING),
                        tuple("expiry of leftovers", Outcome.NOT_CHECKED));
        assertThat(report.findings())
                .extracting(FileStoreReport.Finding::check)
                .contains(
                        "CORS of uploads for " + SHOP,
                        "CORS of parts for " + SHOP,
                        "ETag of parts for " + SHOP,
                        "signed upload in parts",
                        "public download",
                        "staged uploads without signature");
        assertThat(report.text()).doesNotContain("X-Amz-Signature");
        assertThat(store.list("", null, 1000).blobs()).isEmpty();
        assertThat(client.listMultipartUploads(request -> request.bucket(server.bucket()))
                        .uploads())
                .isEmpty();
    }

    @Test
    void examine_otherOriginAndNothingPublic_areProblems() {
        FileStoreReport report = examine(S3BlobStore.at(client, server.bucket()), "https://other.example.com");

        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.PROBLEM)
                .extracting(FileStoreReport.Finding::check)
                .contains("CORS of uploads for https://other.example.com", "public download");
    }

    @Test
    void lifecycleRules_asTheServiceTellsThem() throws IOException {
        String rules = """
                <LifecycleConfiguration>
                  <Rule><Status>Enabled</Status><Filter><Prefix>app/staged/</Prefix></Filter>
                    <Expiration><Days>2</Days></Expiration></Rule>
                  <Rule><Status>Enabled</Status><Filter><Prefix></Prefix></Filter>
                    <AbortIncompleteMultipartUpload><DaysAfterInitiation>3</DaysAfterInitiation></AbortIncompleteMultipartUpload>
                  </Rule>
                  <Rule><Status>Disabled</Status><Filter><Prefix></Prefix></Filter>
                    <Expiration><Days>1</Days></Expiration></Rule>
                  <Rule><Status>Enabled</Status><Filter><Prefix>other/</Prefix></Filter>
                    <Expiration><Days>1</Days></Expiration></Rule>
                  <Rule><Status>Enabled</Status>
                    <Filter><And><Prefix>app/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter>
                    <Expiration><Days>4</Days></Expiration></Rule>
                  <Rule><Status>Enabled</Status><Prefix>app/private/</Prefix>
                    <Expiration><Date>2030-01-01T00:00:00.000Z</Date></Expiration></Rule>
                  <Rule><Status>Enabled</Status><Filter><Prefix></Prefix></Filter>
                    <Transition><Days>30</Days><StorageClass>GLACIER</StorageClass></Transition></Rule>
                </LifecycleConfiguration>""";

        assertThat(lifecycleRules(200, rules))
                .containsExactly(
                        new BucketSetup.LifecycleRule("staged/", 2, null, false),
                        new BucketSetup.LifecycleRule("", null, 3, false),
                        new BucketSetup.LifecycleRule("", 4, null, true),
                        new BucketSetup.LifecycleRule("private/", 0, null, true),
                        new BucketSetup.LifecycleRule("", null, null, false));
    }

    @Test
    void lifecycleRules_noneAtAll_isEmpty() throws IOException {
        assertThat(lifecycleRules(404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>"))
                .isEmpty();
    }

    @Test
    void lifecycleRules_notForUs_fails() {
        assertThatThrownBy(() -> lifecycleRules(403, "<Error><Code>AccessDenied</Code></Error>"))
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining("lifecycleRules")
                .hasMessageContaining("AccessDenied");
    }

    private static List<String> purposes(S3BlobStore store) {
        return store.setupTexts(EVERYTHING).stream()
                .map(BucketSetup.Text::purpose)
                .toList();
    }

    private static List<BucketSetup.LifecycleRule> lifecycleRules(int status, String answer) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/my-bucket", exchange -> {
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        try (S3Client ofService = S3Client.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + service.getAddress().getPort()))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build()) {
            return S3BlobStore.newS3BlobStore(ofService, "my-bucket")
                    .signingClient(client)
                    .keyPrefix("app/")
                    .build()
                    .lifecycleRules();
        } finally {
            service.stop(0);
        }
    }

    private static FileStoreReport examine(S3BlobStore store, String origin) {
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .authorizer(access -> true)
                .allowedOrigins(List.of(origin))
                .build();
        RuntimeWiring wiring =
                files.addScalars(RuntimeWiring.newRuntimeWiring()).build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(FIELDS)), wiring));
        return files.maintenance().doctor().examine();
    }

    private static String documented(String file) throws IOException {
        try (InputStream in = S3BucketSetupTest.class.getResourceAsStream("/bucket-setup/" + file)) {
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
