package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.internal.blob.FileKeys;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.BucketSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the service removes what is left over, and nothing else. */
final class DoctorLifecycle {

    private static final String STAGED = "expiry of staged uploads";
    private static final String UNFINISHED = "expiry of unfinished uploads";
    private static final String KEPT = "expiry of files";
    private static final List<String> PERMANENT = List.of(FileKeys.PUBLIC, FileKeys.PRIVATE);
    private static final List<String> PLACES = List.of(FileKeys.STAGED, FileKeys.PUBLIC, FileKeys.PRIVATE);

    private final ExaminedStore examined;
    private final DoctorFindings findings;

    DoctorLifecycle(ExaminedStore examined, DoctorFindings findings) {
        this.examined = examined;
        this.findings = findings;
    }

    void examine() {
        if (!(examined.store() instanceof BucketSetup bucket)) {
            findings.notChecked(
                    "expiry of leftovers",
                    "the store has no lifecycle rules; GraphQLFiles.maintenance().sweep() removes leftovers");
            return;
        }
        List<BucketSetup.LifecycleRule> rules;
        try {
            rules = bucket.lifecycleRules();
        } catch (BlobStoreException | UnsupportedOperationException e) {
            findings.notChecked(
                    "expiry of leftovers", "the lifecycle rules cannot be read: " + DoctorFindings.describe(e));
            return;
        }
        if (examined.use().directUploads()) {
            report(STAGED, shortest(rules, List.of(FileKeys.STAGED), BucketSetup.LifecycleRule::expireAfterDays));
        }
        report(UNFINISHED, shortest(rules, PLACES, BucketSetup.LifecycleRule::abortAfterDays));
        kept(rules);
    }

    private void report(String check, @Nullable Integer days) {
        if (days == null) {
            findings.warning(
                    check,
                    "no lifecycle rule removes them all; only GraphQLFiles.maintenance().sweep() does",
                    "Add the lifecycle rule of the set-up, or keep the sweep running.");
        } else if (Duration.ofDays(days).compareTo(examined.uploadLifetime()) < 0) {
            findings.problem(
                    check,
                    "removed after " + days + " days, when they can still be claimed",
                    "Let the lifecycle rule wait for " + examined.use().leftoverDays() + " days.");
        } else {
            findings.ok(check, "removed after " + days + " days");
        }
    }

    private void kept(List<BucketSetup.LifecycleRule> rules) {
        List<String> deadly = new ArrayList<>();
        for (BucketSetup.LifecycleRule rule : rules) {
            boolean touchesFiles = PERMANENT.stream()
                    .anyMatch(place ->
                            place.startsWith(rule.prefix()) || rule.prefix().startsWith(place));
            if (touchesFiles && rule.expireAfterDays() != null) {
                deadly.add("\"" + rule.prefix() + "\" after " + rule.expireAfterDays() + " days");
            }
        }
        if (deadly.isEmpty()) {
            findings.ok(KEPT, "no lifecycle rule deletes them");
        } else {
            findings.problem(
                    KEPT,
                    "lifecycle rules delete files that records refer to: " + String.join(", ", deadly),
                    "Limit those rules to other prefixes.");
        }
    }

    /** After how many days the first of what is left at these places is removed; null if some of it stays. */
    private static @Nullable Integer shortest(
            List<BucketSetup.LifecycleRule> rules,
            List<String> places,
            Function<BucketSetup.LifecycleRule, @Nullable Integer> days) {
        Integer shortest = null;
        for (String place : places) {
            Integer here = null;
            for (BucketSetup.LifecycleRule rule : rules) {
                boolean covers = place.startsWith(rule.prefix()) && !rule.conditional();
                Integer found = covers ? days.apply(rule) : null;
                here = smaller(here, found);
            }
            if (here == null) {
                return null;
            }
            shortest = smaller(shortest, here);
        }
        return shortest;
    }

    private static @Nullable Integer smaller(@Nullable Integer a, @Nullable Integer b) {
        return a == null || (b != null && b < a) ? b : a;
    }
}
