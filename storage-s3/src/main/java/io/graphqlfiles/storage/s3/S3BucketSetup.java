package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BucketSetup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** How a bucket is set up with the {@code aws} command line, and its lifecycle rules. */
final class S3BucketSetup implements BucketSetup {

    private final Bucket bucket;
    private final ObjectSettings settings;
    private final LifecycleRules lifecycleRules;

    S3BucketSetup(Bucket bucket, Failures failures, ObjectSettings settings) {
        this.bucket = bucket;
        this.settings = settings;
        this.lifecycleRules = new LifecycleRules(bucket, failures);
    }

    @Override
    public List<BucketSetup.Text> setupTexts(BucketSetup.Use use) {
        List<BucketSetup.Text> texts = new ArrayList<>();
        texts.add(new BucketSetup.Text(
                "Rights of the application",
                "aws iam put-role-policy --role-name ROLE --policy-name graphql-files --policy-document file://rights.json",
                rights(use)));
        if (use.publicBlobs()) {
            texts.add(new BucketSetup.Text(
                    "Leave to make files public", "", settings.objectAcls() ? leaveForAcls() : leaveForPolicy()));
            if (!settings.objectAcls()) {
                texts.add(new BucketSetup.Text(
                        replacing("Reading of public files by everyone", "get-bucket-policy"),
                        s3api("put-bucket-policy", "--policy file://public.json"),
                        publicPolicy()));
            }
        }
        texts.add(new BucketSetup.Text(
                replacing("Cross-origin requests (CORS)", "get-bucket-cors"),
                s3api("put-bucket-cors", "--cors-configuration file://cors.json"),
                cors(use)));
        texts.add(new BucketSetup.Text(
                replacing("Removal of leftovers (lifecycle)", "get-bucket-lifecycle-configuration"),
                s3api("put-bucket-lifecycle-configuration", "--lifecycle-configuration file://lifecycle.json"),
                lifecycle(use)));
        return texts;
    }

    @Override
    public List<String> problems() {
        return WebIdentity.problems(bucket.client(), System.getenv(), System.getProperties());
    }

    @Override
    public List<BucketSetup.LifecycleRule> lifecycleRules() {
        return lifecycleRules.read();
    }

    /**
     * The purpose of a command that replaces a whole configuration, such that nobody pastes it unawares; least of all
     * where a key prefix says that the bucket has other users.
     */
    private String replacing(String purpose, String reader) {
        return purpose
                + (bucket.keyPrefix().isEmpty()
                        ? ": replaces what the bucket has, so merge what "
                        : ": deletes the rules of the bucket's other users unless you merge what ")
                + reader
                + " shows";
    }

    /**
     * Without permission to list, the service says that a missing object is forbidden. The last permission is for
     * {@link #lifecycleRules} only.
     */
    private String rights(BucketSetup.Use use) {
        List<String> ofObjects = new ArrayList<>(List.of(
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts"));
        if (settings.objectAcls() && use.publicBlobs()) {
            ofObjects.add("s3:PutObjectAcl");
        }
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": %s,
                      "Resource": "%s"
                    },
                    {
                      "Effect": "Allow",
                      "Action": ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:GetLifecycleConfiguration"],
                      "Resource": "arn:aws:s3:::%s"
                    }
                  ]
                }""".formatted(array(ofObjects), objects(""), bucket.name());
    }

    private String leaveForPolicy() {
        return s3api(
                "put-public-access-block",
                "--public-access-block-configuration"
                        + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=false,RestrictPublicBuckets=false");
    }

    private String leaveForAcls() {
        return s3api(
                        "put-public-access-block",
                        "--public-access-block-configuration"
                                + " BlockPublicAcls=false,IgnorePublicAcls=false,BlockPublicPolicy=true,RestrictPublicBuckets=true")
                + "\n"
                + s3api(
                        "put-bucket-ownership-controls",
                        "--ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerPreferred}]'");
    }

    private String publicPolicy() {
        return """
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Principal": "*",
                      "Action": "s3:GetObject",
                      "Resource": "%s"
                    }
                  ]
                }""".formatted(objects("public/"));
    }

    /**
     * Players and viewers such as pdf.js ask for ranges, which some browsers ask permission for, and read where they
     * are. The ETag of a part is for clients like Uppy, which hang without it; the library itself needs none.
     */
    private String cors(BucketSetup.Use use) {
        List<String> headers = new ArrayList<>(use.directUploads() ? SignedHeaders.OF_UPLOADS : List.of());
        headers.add("range");
        headers.addAll(use.directUploads() ? settings.headers().keySet() : List.of());
        List<String> methods = use.directUploads() ? List.of("GET", "HEAD", "PUT") : List.of("GET", "HEAD");
        return """
                {
                  "CORSRules": [
                    {
                      "AllowedOrigins": %s,
                      "AllowedMethods": %s,
                      "AllowedHeaders": %s,
                      "ExposeHeaders": %s,
                      "MaxAgeSeconds": 3600
                    }
                  ]
                }""".formatted(
                array(use.allowedOrigins()),
                array(methods),
                array(headers),
                array(List.of("Accept-Ranges", "Content-Disposition", "Content-Length", "Content-Range", "ETag")));
    }

    private String lifecycle(BucketSetup.Use use) {
        List<String> rules = new ArrayList<>();
        if (use.directUploads()) {
            rules.add(rule("staged", "staged/", "\"Expiration\": {\"Days\": " + use.leftoverDays() + "}"));
        }
        rules.add(rule(
                "unfinished",
                "",
                "\"AbortIncompleteMultipartUpload\": {\"DaysAfterInitiation\": " + use.leftoverDays() + "}"));
        return "{\n  \"Rules\": [\n" + String.join(",\n", rules) + "\n  ]\n}";
    }

    private String rule(String name, String prefix, String action) {
        return """
                    {
                      "ID": "graphql-files-%s",
                      "Status": "Enabled",
                      "Filter": {"Prefix": "%s"},
                      %s
                    }""".indent(4).stripTrailing().formatted(name, bucket.objectKey(prefix), action);
    }

    private String objects(String place) {
        return "arn:aws:s3:::" + bucket.name() + "/" + bucket.objectKey(place) + "*";
    }

    private String s3api(String command, String arguments) {
        return "aws s3api " + command + " --bucket " + bucket.name() + " " + arguments;
    }

    private static String array(Collection<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
