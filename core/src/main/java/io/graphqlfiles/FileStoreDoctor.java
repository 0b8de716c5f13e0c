package io.graphqlfiles;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.spi.BucketSetupText;
import io.graphqlfiles.spi.BucketUse;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how the buckets behind the file fields are to be set up, and whether they are: for the fields of the schema
 * that was applied last, with their stores, visibilities and sources, and for the allowed origins. Thread-safe. From
 * {@link GraphQLFiles#doctor}.
 */
public final class FileStoreDoctor {

    private final BlobStores stores;
    private final FileUrls urls;
    private final Collection<FileField> fields;
    private final List<String> allowedOrigins;
    private final UploadLife uploadLife;
    private final Clock clock;

    FileStoreDoctor(
            BlobStores stores,
            FileUrls urls,
            Collection<FileField> fields,
            List<String> allowedOrigins,
            UploadLife uploadLife,
            Clock clock) {
        this.stores = stores;
        this.urls = urls;
        this.fields = fields;
        this.allowedOrigins = allowedOrigins;
        this.uploadLife = uploadLife;
        this.clock = clock;
    }

    /**
     * The smallest policies, CORS and lifecycle configuration that the fields need, for the tools of the service behind
     * each store. No I/O.
     *
     * @return by the name of the store; empty lists for stores that need no set-up and those that no field uses
     */
    public Map<String, List<BucketSetupText>> setup() {
        Map<String, List<BucketSetupText>> setup = new LinkedHashMap<>();
        for (String name : stores.names()) {
            BucketUse use = use(name);
            setup.put(
                    name,
                    use != null && stores.store(name) instanceof BucketSetup bucket
                            ? bucket.setupTexts(use)
                            : List.of());
        }
        return setup;
    }

    /**
     * Tries on the live stores what the fields need of them: writes, copies, reads, lists and deletes a few small blobs
     * through the store and by signed requests over HTTP from here, asks for leave as browsers do for the scripts of
     * every allowed origin, tries what must be refused, and reads the lifecycle rules. Goes on after what fails.
     *
     * <p>Its blobs have keys below {@code staged/doctor/}, {@code public/doctor/} and {@code private/doctor/} and are
     * deleted at the end, also after failures; a finding tells if that does not work. Blocks: some thirty requests a
     * store, each of at most half a minute.
     *
     * @return what was found; failures of stores are findings, never exceptions
     */
    public FileStoreReport examine() {
        List<StoreFinding> findings = new ArrayList<>();
        try (DoctorHttp http = new DoctorHttp()) {
            for (String name : stores.names()) {
                findings.addAll(examine(name, http));
            }
        }
        return new FileStoreReport(setup(), findings);
    }

    private List<StoreFinding> examine(String name, DoctorHttp http) {
        DoctorFindings findings = new DoctorFindings(name);
        BucketUse use = use(name);
        if (use == null) {
            findings.notChecked("store", "no file field uses it");
        } else {
            BlobStore store = stores.store(name);
            new StoreExamination(
                            new DoctorPatient(
                                    store,
                                    stores.access(name),
                                    use,
                                    uploadLife.longest(),
                                    uploadLife.validity(),
                                    urls.signedFor(),
                                    url -> URI.create(urls.absolute(url.toString(), null)),
                                    clock),
                            findings,
                            http)
                    .examine();
        }
        return findings.all();
    }

    /** What the fields need of a store; null if none uses it. */
    private @Nullable BucketUse use(String store) {
        List<FileField> used =
                fields.stream().filter(field -> field.store().equals(store)).toList();
        if (used.isEmpty()) {
            return null;
        }
        return new BucketUse(
                used.stream().anyMatch(field -> field.visibility() == Visibility.PUBLIC),
                used.stream().anyMatch(field -> field.sources().contains(FileSourceType.DIRECT_UPLOAD)),
                allowedOrigins,
                (int) uploadLife.longest().toDays() + 1);
    }
}
