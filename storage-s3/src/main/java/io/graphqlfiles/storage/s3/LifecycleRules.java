package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BucketSetup;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;

/** Reads the lifecycle rules of a bucket. */
final class LifecycleRules {

    private static final String NONE = "NoSuchLifecycleConfiguration";

    private final Bucket bucket;
    private final Failures failures;

    LifecycleRules(Bucket bucket, Failures failures) {
        this.bucket = bucket;
        this.failures = failures;
    }

    /** Those in force for the keys of the store. */
    List<BucketSetup.LifecycleRule> read() {
        try {
            return bucket
                    .client()
                    .getBucketLifecycleConfiguration(request -> request.bucket(bucket.name()))
                    .rules()
                    .stream()
                    .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
                    .map(LifecycleRules::told)
                    .flatMap(rule -> Stream.ofNullable(rule.below(bucket.keyPrefix())))
                    .toList();
        } catch (SdkException e) {
            if (e instanceof AwsServiceException answer && NONE.equals(FailureKind.code(answer))) {
                return List.of();
            }
            throw failures.of("lifecycleRules", null, e);
        }
    }

    private static BucketSetup.LifecycleRule told(software.amazon.awssdk.services.s3.model.LifecycleRule rule) {
        LifecycleRuleFilter filter = rule.filter();
        boolean conditional = filter != null
                && (filter.and() != null
                        || filter.tag() != null
                        || filter.objectSizeGreaterThan() != null
                        || filter.objectSizeLessThan() != null);
        LifecycleExpiration expiration = rule.expiration();
        boolean atADate = expiration != null && expiration.date() != null;
        AbortIncompleteMultipartUpload abort = rule.abortIncompleteMultipartUpload();
        return new BucketSetup.LifecycleRule(
                prefix(rule, filter),
                expiration == null ? null : atADate ? Integer.valueOf(0) : expiration.days(),
                abort == null ? null : abort.daysAfterInitiation(),
                conditional || atADate);
    }

    /** In one of three places: rules from before there were filters have it themselves. */
    @SuppressWarnings("deprecation")
    private static String prefix(
            software.amazon.awssdk.services.s3.model.LifecycleRule rule, @Nullable LifecycleRuleFilter filter) {
        return Stream.of(
                        rule.prefix(),
                        filter == null ? null : filter.prefix(),
                        filter == null || filter.and() == null
                                ? null
                                : filter.and().prefix())
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse("");
    }
}
