package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.FileField;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.directupload.UploadLifetime;
import io.graphqlfiles.internal.url.FileUrls;
import io.graphqlfiles.maintenance.FileStoreDoctor;
import io.graphqlfiles.maintenance.FileStoreReport;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at the stores with the eyes of the fields of a schema. */
public final class FieldStoreDoctor implements FileStoreDoctor {

    private final BlobStores stores;
    private final FileUrls urls;
    private final Collection<FileField> fields;
    private final List<String> allowedOrigins;
    private final UploadLifetime uploadLifetime;
    private final Clock clock;

    public FieldStoreDoctor(
            BlobStores stores,
            FileUrls urls,
            Collection<FileField> fields,
            List<String> allowedOrigins,
            UploadLifetime uploadLifetime,
            Clock clock) {
        this.stores = stores;
        this.urls = urls;
        this.fields = fields;
        this.allowedOrigins = allowedOrigins;
        this.uploadLifetime = uploadLifetime;
        this.clock = clock;
    }

    @Override
    public Map<String, List<BucketSetup.Text>> setup() {
        Map<String, List<BucketSetup.Text>> setup = new LinkedHashMap<>();
        for (String name : stores.names()) {
            BucketSetup.Use use = use(name);
            setup.put(
                    name,
                    use != null && stores.store(name) instanceof BucketSetup bucket
                            ? bucket.setupTexts(use)
                            : List.of());
        }
        return setup;
    }

    @Override
    public FileStoreReport examine() {
        List<FileStoreReport.Finding> findings = new ArrayList<>();
        try (DoctorHttp http = new DoctorHttp()) {
            for (String name : stores.names()) {
                findings.addAll(examine(name, http));
            }
        }
        return new FileStoreReport(setup(), findings);
    }

    private List<FileStoreReport.Finding> examine(String name, DoctorHttp http) {
        DoctorFindings findings = new DoctorFindings(name);
        BucketSetup.Use use = use(name);
        if (use == null) {
            findings.notChecked("store", "no file field uses it");
        } else {
            BlobStore store = stores.store(name);
            if (store instanceof BucketSetup bucket) {
                bucket.problems().forEach(problem -> findings.problem("process", problem, ""));
            }
            new StoreExamination(
                            new ExaminedStore(
                                    store,
                                    stores.access(name),
                                    use,
                                    uploadLifetime.longest(),
                                    uploadLifetime.validity(),
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
    private BucketSetup.@Nullable Use use(String store) {
        List<FileField> used =
                fields.stream().filter(field -> field.store().equals(store)).toList();
        if (used.isEmpty()) {
            return null;
        }
        return new BucketSetup.Use(
                used.stream().anyMatch(field -> field.visibility() == Visibility.PUBLIC),
                used.stream().anyMatch(field -> field.sources().contains(FileSourceType.DIRECT_UPLOAD)),
                allowedOrigins,
                (int) uploadLifetime.longest().toDays() + 1);
    }
}
