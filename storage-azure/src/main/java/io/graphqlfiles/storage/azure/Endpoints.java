package io.graphqlfiles.storage.azure;

import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import java.net.URI;
import java.util.regex.Pattern;

/** Where the service is, and which names can be in its URLs as they are. */
final class Endpoints {

    /**
     * See <a
     * href="https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata">
     * Naming and referencing containers</a>.
     */
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*|\\$root");

    private Endpoints() {}

    static String requireContainerName(String name, String container) {
        if (!CONTAINER.matcher(container).matches()) {
            throw new IllegalArgumentException(name + ": expected 3 to 63 of a-z, 0-9 and single '-', found "
                    + container.length() + " characters");
        }
        return container;
    }

    /** Without the slashes at its end. */
    static String requireBaseUrl(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getRawAuthority() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "publicBaseUrl: expected an absolute http or https URL without query, found another");
        }
        return url.toString().replaceAll("/+$", "");
    }

    /** The asynchronous client of one container, over the application's pipeline. */
    static BlobContainerAsyncClient container(BlobServiceClient client, String container) {
        return new BlobContainerClientBuilder()
                .endpoint(client.getAccountUrl())
                .serviceVersion(client.getServiceVersion())
                .pipeline(client.getHttpPipeline())
                .containerName(container)
                .buildAsyncClient();
    }

    /** URL of all blobs of a container, with a slash at its end. */
    static String url(BlobServiceClient client, String container) {
        return client.getAccountUrl().replaceAll("/+$", "") + "/" + container + "/";
    }
}
