package io.graphqlfiles.storage.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.FileStoreReport;
import io.graphqlfiles.maintenance.FileStoreReport.Finding.Outcome;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.BucketSetup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The set-up that is printed, given to a server, and examined there. */
class GcsBucketSetupTest {

    private static final String SHOP = "https://shop.example.com";
    private static final BucketSetup.Use EVERYTHING = new BucketSetup.Use(true, true, List.of(SHOP), 2);
    private static final String FIELDS = """
            type Query { image: StoredFile @file(visibility: PUBLIC) manual: StoredFile @file }
            type Mutation { image(image: StoredFileInput @file(field: "Query.image")): Int }
            """;

    private static final String OWN =
            ": replaces what the bucket has, so merge what gcloud storage buckets describe shows";
    private static final String OF_OTHERS = ": deletes the rules of the bucket's other users unless you merge what"
            + " gcloud storage buckets describe shows";

    @TempDir
    private Path directory;

    private GcsFixture gcs;

    @BeforeEach
    void start() throws Exception {
        gcs = GcsFixture.startServer(directory, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        gcs.close();
    }

    @Test
    void setupTexts_areThoseOfTheDocumentation() throws IOException {
        List<BucketSetup.Text> texts =
                GcsBlobStore.newGcsBlobStore(gcs.storage(), "my-bucket").build().setupTexts(EVERYTHING);

        assertThat(texts)
                .extracting(BucketSetup.Text::text)
                .containsExactly(
                        documented("rights.sh"),
                        documented("public.sh"),
                        documented("cors.json"),
                        documented("lifecycle.json"));
        assertThat(texts)
                .extracting(BucketSetup.Text::command)
                .containsExactly(
                        "",
                        "",
                        "gcloud storage buckets update gs://my-bucket --cors-file=cors.json",
                        "gcloud storage buckets update gs://my-bucket --lifecycle-file=lifecycle.json");
    }

    @Test
    void setupTexts_haveNothingThatIsNotNeeded() {
        List<BucketSetup.Text> texts =
                gcs.newStore().keyPrefix("app/").build().setupTexts(new BucketSetup.Use(false, false, List.of("*"), 2));

        assertThat(texts)
                .extracting(BucketSetup.Text::purpose)
                .containsExactly(
                        "Rights of the application",
                        "Cross-origin requests (CORS)" + OF_OTHERS,
                        "Removal of leftovers (lifecycle)" + OF_OTHERS);
        assertThat(texts.get(1).text()).contains("\"*\"").contains("\"Range\"").doesNotContain("PUT", "x-goog");
        assertThat(texts.get(2).text())
                .contains("\"matchesPrefix\": [\"app/\"]")
                .doesNotContain("staged");
    }

    @Test
    void setupTexts_whatReplacesAllRules_saysSo() {
        assertThat(gcs.newStore().build().setupTexts(EVERYTHING))
                .extracting(BucketSetup.Text::purpose)
                .containsExactly(
                        "Rights of the application",
                        "Reading of public files by everyone",
                        "Cross-origin requests (CORS)" + OWN,
                        "Removal of leftovers (lifecycle)" + OWN);
    }

    @Test
    void setupTexts_objectAcls_needsNoUniformAccess() {
        List<BucketSetup.Text> texts = gcs.newStore().objectAcls(true).build().setupTexts(EVERYTHING);

        assertThat(texts.get(0).text()).contains("roles/storage.objectAdmin");
        assertThat(texts.get(1).text())
                .contains("--no-uniform-bucket-level-access")
                .doesNotContain("allUsers");
    }

    @Test
    void examine_afterTheSetup_findsNoProblem() throws IOException {
        GcsBlobStore store = gcs.newStore().build();
        apply(store.setupTexts(EVERYTHING));

        FileStoreReport report = examine(store);

        assertThat(report.findings()).as(report.text()).allMatch(finding -> finding.outcome() == Outcome.OK);
        assertThat(report.findings())
                .extracting(FileStoreReport.Finding::check)
                .contains(
                        "CORS of uploads for " + SHOP,
                        "CORS of parts for " + SHOP,
                        "ETag of parts for " + SHOP,
                        "public download",
                        "staged uploads without signature",
                        "expiry of staged uploads",
                        "expiry of unfinished uploads");
        assertLeavesNothing(store);
    }

    @Test
    void examine_keyPrefixAndHmacKey_findsNoProblem() throws IOException {
        gcs.server().configureBucket(gcs.bucket(), "{\"publicNames\": \"app/public/.*\"}");
        GcsBlobStore store = gcs.newHmacStore().keyPrefix("app/").build();
        apply(store.setupTexts(EVERYTHING));

        FileStoreReport report = examine(store);

        assertThat(report.findings()).as(report.text()).allMatch(finding -> finding.outcome() == Outcome.OK);
        assertLeavesNothing(store);
    }

    @Test
    void examine_beforeTheSetup_findsWhatIsMissing() throws IOException {
        gcs.server().configureBucket(gcs.bucket(), "{\"publicNames\": \"\"}");
        GcsBlobStore store = gcs.newStore().build();

        FileStoreReport report = examine(store);

        assertThat(outcome(report, "CORS of uploads for " + SHOP)).isEqualTo(Outcome.PROBLEM);
        assertThat(outcome(report, "CORS of downloads for " + SHOP)).isEqualTo(Outcome.PROBLEM);
        assertThat(outcome(report, "public download")).isEqualTo(Outcome.PROBLEM);
        assertThat(outcome(report, "expiry of staged uploads")).isEqualTo(Outcome.WARNING);
        assertThat(report.text()).doesNotContain("X-Goog-Signature");
        assertLeavesNothing(store);
    }

    @Test
    void examine_everythingPublic_isAProblem() throws IOException {
        gcs.server().configureBucket(gcs.bucket(), "{\"publicNames\": \".*\"}");

        FileStoreReport report = examine(gcs.newStore().build());

        assertThat(outcome(report, "private files without signature")).isEqualTo(Outcome.PROBLEM);
        assertThat(outcome(report, "staged uploads without signature")).isEqualTo(Outcome.PROBLEM);
    }

    @Test
    void lifecycleRules_withOtherConditions_areConditional() throws IOException {
        gcs.server().configureBucket(gcs.bucket(), """
                        {"lifecycle": {"rule": [
                          {"action": {"type": "Delete"}, "condition": {"age": 3, "matchesPrefix": ["app/staged/", "b/"]}},
                          {"action": {"type": "Delete"}, "condition": {"age": 4, "isLive": true}},
                          {"action": {"type": "Delete"}, "condition": {"numNewerVersions": 1}},
                          {"action": {"type": "SetStorageClass", "storageClass": "COLDLINE"}, "condition": {"age": 9}}
                        ]}}""");

        assertThat(gcs.newStore().keyPrefix("app/").build().lifecycleRules())
                .containsExactly(
                        new BucketSetup.LifecycleRule("staged/", 3, null, false),
                        new BucketSetup.LifecycleRule("", 4, null, false),
                        new BucketSetup.LifecycleRule("", 0, null, true));
    }

    @Test
    void lifecycleRules_noneAtAll_isEmpty() {
        assertThat(gcs.newStore().build().lifecycleRules()).isEmpty();
    }

    @Test
    void lifecycleRules_noSuchBucket_fails() {
        GcsBlobStore store =
                GcsBlobStore.newGcsBlobStore(gcs.storage(), "no-such-bucket").build();

        assertThatThrownBy(store::lifecycleRules)
                .isInstanceOf(BlobStoreException.class)
                .hasMessageContaining("lifecycleRules");
    }

    private void apply(List<BucketSetup.Text> texts) throws IOException {
        for (BucketSetup.Text text : texts) {
            if (text.command().contains("--cors-file=")) {
                gcs.server().configureBucket(gcs.bucket(), "{\"cors\": " + text.text() + "}");
            } else if (text.command().contains("--lifecycle-file=")) {
                gcs.server().configureBucket(gcs.bucket(), "{\"lifecycle\": " + text.text() + "}");
            }
        }
    }

    private FileStoreReport examine(GcsBlobStore store) {
        GraphQLFiles files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .authorizer(access -> true)
                .allowedOrigins(List.of(SHOP))
                .build();
        RuntimeWiring wiring =
                files.addScalars(RuntimeWiring.newRuntimeWiring()).build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(FIELDS)), wiring));
        return files.maintenance().doctor().examine();
    }

    private void assertLeavesNothing(GcsBlobStore store) {
        assertThat(store.list("", null, 1000).blobs()).isEmpty();
        assertThat(gcs.server().openPartsUploads(gcs.bucket())).isZero();
    }

    private static Outcome outcome(FileStoreReport report, String check) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .map(FileStoreReport.Finding::outcome)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding about " + check + " in\n" + report.text()));
    }

    private static String documented(String file) throws IOException {
        try (InputStream in = GcsBucketSetupTest.class.getResourceAsStream("/bucket-setup/" + file)) {
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
