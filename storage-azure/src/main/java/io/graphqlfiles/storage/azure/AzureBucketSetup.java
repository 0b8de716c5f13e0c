package io.graphqlfiles.storage.azure;

import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.BucketSetup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a storage account is set up with {@code az}. */
final class AzureBucketSetup implements BucketSetup {

    private static final String ACCOUNT_SCOPE =
            "/subscriptions/SUBSCRIPTION/resourceGroups/RESOURCE_GROUP/providers/Microsoft.Storage/storageAccounts/";

    private final ContainerBlobs blobs;
    private final String account;
    private final Collection<String> uploadHeaders;

    /** @param uploadHeaders what clients must be allowed to send with uploads */
    AzureBucketSetup(ContainerBlobs blobs, String account, Collection<String> uploadHeaders) {
        this.blobs = blobs;
        this.account = account;
        this.uploadHeaders = uploadHeaders;
    }

    @Override
    public List<BucketSetup.Text> setupTexts(BucketSetup.Use use) {
        List<BucketSetup.Text> texts = new ArrayList<>();
        texts.add(new BucketSetup.Text("Rights of the application", "", rights()));
        if (use.publicBlobs()) {
            texts.add(new BucketSetup.Text(
                    "Reading of public files by everyone: of the whole container " + publicContainer(),
                    "",
                    publicAccess()));
        }
        texts.add(
                new BucketSetup.Text("Cross-origin requests (CORS), for all containers of the account", "", cors(use)));
        if (use.directUploads()) {
            texts.add(new BucketSetup.Text(
                    "Removal of leftovers (lifecycle): replaces what the account has, so merge what"
                            + " az storage account management-policy show says",
                    "az storage account management-policy create --account-name " + account
                            + " --resource-group RESOURCE_GROUP --policy @lifecycle.json",
                    lifecycle(use)));
        }
        return texts;
    }

    /** The second role is for keys that sign URLs, where the application has no account key. */
    private String rights() {
        String scope = ACCOUNT_SCOPE + account;
        Stream<String> contributors = containers()
                .map(container -> assignment(
                        "Storage Blob Data Contributor", scope + "/blobServices/default/containers/" + container));
        return Stream.concat(contributors, Stream.of(assignment("Storage Blob Delegator", scope)))
                .collect(Collectors.joining("\n"));
    }

    private static String assignment(String role, String scope) {
        return "az role assignment create --assignee APPLICATION --role \"" + role + "\" --scope " + scope;
    }

    private Stream<String> containers() {
        return blobs.containers().below("").stream().map(Containers.Place::container);
    }

    private String publicContainer() {
        return blobs.containers().publics().container();
    }

    private String publicAccess() {
        return "az storage account update --name " + account + " --allow-blob-public-access true\n"
                + "az storage container set-permission --account-name " + account + " --name " + publicContainer()
                + " --public-access blob";
    }

    private String cors(BucketSetup.Use use) {
        List<String> methods =
                use.directUploads() ? List.of("GET", "HEAD", "OPTIONS", "PUT") : List.of("GET", "HEAD", "OPTIONS");
        // Players and viewers such as pdf.js ask for ranges, and read where they are. The ETag of a part is for clients
        // like Uppy, which hang without it; the library needs none.
        String sent = Stream.concat(Stream.of("range"), use.directUploads() ? uploadHeaders.stream() : Stream.empty())
                .sorted()
                .collect(Collectors.joining(" "));
        return "az storage cors add --account-name " + account + " --services b --methods "
                + String.join(" ", methods) + " --origins " + String.join(" ", use.allowedOrigins())
                + " --allowed-headers " + sent
                + " --exposed-headers Accept-Ranges Content-Disposition Content-Length Content-Range ETag"
                + " --max-age 3600";
    }

    private String lifecycle(BucketSetup.Use use) {
        String container = blobs.containers().of("staged/").container();
        return """
                {
                  "rules": [
                    {
                      "enabled": true,
                      "name": "graphql-files-leftovers",
                      "type": "Lifecycle",
                      "definition": {
                        "actions": {"baseBlob": {"delete": {"daysAfterCreationGreaterThan": %d}}},
                        "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["%s/%s"]}
                      }
                    }
                  ]
                }""".formatted(use.leftoverDays(), container, blobs.containers().name("staged/"));
    }

    /** Rules belong to the account, and only its management API tells them, to those who manage it. */
    @Override
    public List<BucketSetup.LifecycleRule> lifecycleRules() {
        throw new BlobStoreException(
                blobs.failures().store(),
                "lifecycleRules",
                null,
                false,
                "the service tells its lifecycle rules to those who manage the account only; see"
                        + " az storage account management-policy show --account-name " + account,
                null);
    }
}
