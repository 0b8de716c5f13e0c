package io.graphqlfiles.storage.gcs;

import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo.LifecycleRule.AbortIncompleteMPUAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.DeleteLifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.Storage.BucketField;
import com.google.cloud.storage.Storage.BucketGetOption;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BucketSetup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a bucket of Google Cloud Storage is set up with {@code gcloud}, and its lifecycle rules. */
final class GcsBucketSetup implements BucketSetup {

    private final BucketObjects objects;
    private final Collection<String> uploadHeaders;

    /** @param uploadHeaders what clients must be allowed to send with uploads */
    GcsBucketSetup(BucketObjects objects, Collection<String> uploadHeaders) {
        this.objects = objects;
        this.uploadHeaders = uploadHeaders;
    }

    @Override
    public List<BucketSetup.Text> setupTexts(BucketSetup.Use use) {
        List<BucketSetup.Text> texts = new ArrayList<>();
        texts.add(new BucketSetup.Text("Rights of the application", "", rights()));
        if (use.publicBlobs()) {
            texts.add(new BucketSetup.Text(
                    "Reading of public files by everyone",
                    "",
                    objects.hasPublicAcls() ? publicAcls() : publicFolder()));
        }
        texts.add(new BucketSetup.Text(
                replacing("Cross-origin requests (CORS)"), update("--cors-file=cors.json"), cors(use)));
        texts.add(new BucketSetup.Text(
                replacing("Removal of leftovers (lifecycle)"),
                update("--lifecycle-file=lifecycle.json"),
                lifecycle(use)));
        return texts;
    }

    /**
     * The purpose of a command that replaces a whole configuration, such that nobody pastes it unawares; least of all
     * where a key prefix says that the bucket has other users.
     */
    private String replacing(String purpose) {
        return purpose
                + (objects.name("").isEmpty()
                        ? ": replaces what the bucket has, so merge what "
                        : ": deletes the rules of the bucket's other users unless you merge what ")
                + "gcloud storage buckets describe shows";
    }

    /** The second role is for {@link #lifecycleRules} only. */
    private String rights() {
        String role = objects.hasPublicAcls() ? "objectAdmin" : "objectUser";
        return Stream.of(role, "legacyBucketReader")
                .map(each -> "gcloud storage buckets add-iam-policy-binding gs://" + objects.bucket()
                        + " --member=serviceAccount:SERVICE_ACCOUNT --role=roles/storage." + each)
                .collect(Collectors.joining("\n"));
    }

    /**
     * A role of one permission, because the predefined ones for folders let everyone list as well; a folder, because
     * bindings for everyone take no conditions.
     */
    private String publicFolder() {
        String folder = "gs://" + objects.bucket() + "/" + objects.name("public/");
        return String.join(
                "\n",
                update("--uniform-bucket-level-access --no-public-access-prevention"),
                "gcloud iam roles create graphqlFilesPublicReader --project=PROJECT --permissions=storage.objects.get",
                "gcloud storage managed-folders create " + folder,
                "gcloud storage managed-folders add-iam-policy-binding " + folder
                        + " --member=allUsers --role=projects/PROJECT/roles/graphqlFilesPublicReader");
    }

    private String publicAcls() {
        return update("--no-uniform-bucket-level-access --no-public-access-prevention");
    }

    private String cors(BucketSetup.Use use) {
        // What may be sent and what may be read is one list. Players and viewers such as pdf.js ask for ranges, and
        // read
        // where they are. The ETag of a part is for clients like Uppy, which hang without it; the library needs none.
        List<String> headers = Stream.concat(
                        Stream.of(
                                "Accept-Ranges",
                                "Content-Disposition",
                                "Content-Length",
                                "Content-Range",
                                "ETag",
                                "Range"),
                        use.directUploads() ? uploadHeaders.stream().sorted() : Stream.empty())
                .toList();
        List<String> methods = use.directUploads() ? List.of("GET", "HEAD", "PUT") : List.of("GET", "HEAD");
        return """
                [
                  {
                    "origin": %s,
                    "method": %s,
                    "responseHeader": %s,
                    "maxAgeSeconds": 3600
                  }
                ]""".formatted(array(use.allowedOrigins()), array(methods), array(headers));
    }

    private String lifecycle(BucketSetup.Use use) {
        List<String> rules = new ArrayList<>();
        if (use.directUploads()) {
            rules.add(rule("Delete", use.leftoverDays(), objects.name("staged/")));
        }
        rules.add(rule("AbortIncompleteMultipartUpload", use.leftoverDays(), objects.name("")));
        return "{\n  \"rule\": [\n" + String.join(",\n", rules) + "\n  ]\n}";
    }

    private static String rule(String action, int days, String prefix) {
        String prefixes = prefix.isEmpty() ? "" : ", \"matchesPrefix\": " + array(List.of(prefix));
        return """
                    {
                      "action": {"type": "%s"},
                      "condition": {"age": %d%s}
                    }""".indent(4).stripTrailing().formatted(action, days, prefixes);
    }

    private String update(String flags) {
        return "gcloud storage buckets update gs://" + objects.bucket() + " " + flags;
    }

    private static String array(Collection<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public List<BucketSetup.LifecycleRule> lifecycleRules() {
        try {
            Bucket bucket = objects.storage().get(objects.bucket(), BucketGetOption.fields(BucketField.LIFECYCLE));
            if (bucket == null) {
                throw objects.failures()
                        .of("lifecycleRules", null, new StorageException(404, "there is no such bucket"));
            }
            return bucket.getLifecycleRules().stream()
                    .flatMap(GcsBucketSetup::described)
                    .flatMap(rule -> Stream.ofNullable(rule.below(objects.name(""))))
                    .toList();
        } catch (StorageException e) {
            throw objects.failures().of("lifecycleRules", null, e);
        }
    }

    /** One for each prefix; none of actions that remove nothing. */
    private static Stream<BucketSetup.LifecycleRule> described(com.google.cloud.storage.BucketInfo.LifecycleRule rule) {
        LifecycleCondition condition = rule.getCondition();
        Integer days = condition.getAge() == null ? Integer.valueOf(0) : condition.getAge();
        boolean expires = rule.getAction() instanceof DeleteLifecycleAction;
        boolean aborts = rule.getAction() instanceof AbortIncompleteMPUAction;
        if (!expires && !aborts) {
            return Stream.empty();
        }
        List<String> prefixes = condition.getMatchesPrefix();
        return (prefixes == null || prefixes.isEmpty() ? List.of("") : prefixes)
                .stream()
                        .map(prefix -> new BucketSetup.LifecycleRule(
                                prefix, expires ? days : null, aborts ? days : null, isConditional(condition)));
    }

    private static boolean isConditional(LifecycleCondition condition) {
        // What the condition would be if there were nothing but age and prefix in it. Live objects are all that the
        // library knows.
        LifecycleCondition plain = LifecycleCondition.newBuilder()
                .setAge(condition.getAge())
                .setMatchesPrefix(condition.getMatchesPrefix())
                .setIsLive(Boolean.TRUE.equals(condition.getIsLive()) ? Boolean.TRUE : null)
                .build();
        return !plain.equals(condition);
    }
}
