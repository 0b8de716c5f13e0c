package io.graphqlfiles.storage.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobCorsRule;
import com.azure.storage.common.StorageSharedKeyCredential;
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
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The set-up that is printed, given to a server, and examined there. */
class AzureBucketSetupTest {

    private static final String SHOP = "https://shop.example.com";
    private static final BucketSetup.Use EVERYTHING = new BucketSetup.Use(true, true, List.of(SHOP), 2);
    private static final String FIELDS = """
            type Query { image: StoredFile @file(visibility: PUBLIC) manual: StoredFile @file }
            type Mutation { image(image: StoredFileInput @file(field: "Query.image")): Int }
            """;

    private static AzureBlobStore.Builder documentedStore() {
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint("https://myaccount.blob.core.windows.net")
                .credential(new StorageSharedKeyCredential("myaccount", "AAAA"))
                .buildClient();
        return AzureBlobStore.newAzureBlobStore(client, "files").publicContainer("files-public");
    }

    @Test
    void setupTexts_areThoseOfTheDocumentation() throws IOException {
        List<BucketSetup.Text> texts = documentedStore().build().setupTexts(EVERYTHING);

        assertThat(texts)
                .extracting(BucketSetup.Text::text)
                .containsExactly(
                        documented("rights.sh"),
                        documented("public.sh"),
                        documented("cors.sh"),
                        documented("lifecycle.json"));
        assertThat(texts)
                .extracting(BucketSetup.Text::command)
                .containsExactly(
                        "",
                        "",
                        "",
                        "az storage account management-policy create --account-name myaccount"
                                + " --resource-group RESOURCE_GROUP --policy @lifecycle.json");
    }

    @Test
    void setupTexts_haveNothingThatIsNotNeeded() {
        List<BucketSetup.Text> texts = documentedStore()
                .keyPrefix("app/")
                .build()
                .setupTexts(new BucketSetup.Use(false, false, List.of("*"), 2));

        assertThat(texts)
                .extracting(BucketSetup.Text::purpose)
                .containsExactly(
                        "Rights of the application", "Cross-origin requests (CORS), for all containers of the account");
        assertThat(texts.get(1).text()).contains("--origins *").doesNotContain("PUT", "x-ms-blob-type");
    }

    @Test
    void setupTexts_keyPrefix_isInTheRuleForLeftovers() {
        List<BucketSetup.Text> texts =
                documentedStore().keyPrefix("app/").build().setupTexts(EVERYTHING);

        assertThat(texts.get(3).text()).contains("\"prefixMatch\": [\"files/app/staged/\"]");
    }

    @Test
    void lifecycleRules_theServiceDoesNotTell() {
        assertThatExceptionOfType(BlobStoreException.class)
                .isThrownBy(() -> documentedStore().build().lifecycleRules())
                .withMessageContaining("az storage account management-policy show --account-name myaccount");
    }

    /** But for the lifecycle, which only the account's management API tells. */
    @Test
    void doctor_accountSetUpAsPrinted_findsNothingElse() throws Exception {
        AzureFixture fixture = AzureFixture.shared();
        var properties = fixture.client().getProperties();
        fixture.client()
                .setProperties(properties.setCors(List.of(new BlobCorsRule()
                        .setAllowedOrigins(SHOP)
                        .setAllowedMethods("GET,HEAD,OPTIONS,PUT")
                        .setAllowedHeaders("content-type,range,x-ms-blob-type")
                        .setExposedHeaders("Accept-Ranges,Content-Disposition,Content-Length,Content-Range,ETag")
                        .setMaxAgeInSeconds(3600))));
        AzureBlobStore store = fixture.newStore()
                .keyPrefix("doctor/")
                .publicContainer(fixture.publicContainer())
                .build();

        FileStoreReport report = examine(store);

        assertThat(report.findings().stream().filter(finding -> finding.outcome() != Outcome.OK))
                .as(report.text())
                .allSatisfy(finding -> assertThat(finding.toString()).contains("lifecycle"));
        assertThat(report.findings())
                .extracting(FileStoreReport.Finding::check)
                .contains("CORS of uploads for " + SHOP, "CORS of parts for " + SHOP, "public download");
        assertThat(store.list("", null, 10).blobs()).isEmpty();
    }

    private static FileStoreReport examine(AzureBlobStore store) {
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

    private static String documented(String name) throws IOException {
        try (InputStream in = AzureBucketSetupTest.class.getResourceAsStream("/bucket-setup/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8).stripTrailing();
        }
    }
}
