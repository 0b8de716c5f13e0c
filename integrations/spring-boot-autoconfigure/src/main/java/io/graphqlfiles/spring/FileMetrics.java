package io.graphqlfiles.spring;

import io.graphqlfiles.FileListener;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what happens to files; how long they take to store, and how long sweeps take,
 * {@link FileObservations} times. Tags have as many values as the schema and the stores have names.
 */
final class FileMetrics implements FileListener {

    private static final String PREFIX = "graphql.files.";
    private static final String BYTES = "bytes";

    private final MeterRegistry registry;
    private final AtomicBoolean hasGauges = new AtomicBoolean();
    private volatile AttachmentStatistics.@Nullable Backlog attachments;

    FileMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void stored(Stored stored) {
        DistributionSummary.builder(PREFIX + "stored.size")
                .description("Sizes of files that were stored and accepted")
                .baseUnit(BYTES)
                .tags(Tags.of(
                        "field", stored.field(), "source", FileTags.source(stored.source()), "store", stored.store()))
                .register(registry)
                .record((double) stored.byteSize());
    }

    @Override
    public void refused(Refused refused) {
        Counter.builder(PREFIX + "refused")
                .description("Errors about files that clients received")
                .tag("field", refused.field())
                .tag("code", refused.code().name())
                .register(registry)
                .increment();
    }

    @Override
    public void served(Served served) {
        Tag store = Tag.of("store", served.store() == null ? "none" : served.store());
        Timer.builder(PREFIX + "endpoint")
                .description("Requests to the file endpoint, to the end of their answers")
                .tags(Tags.of("method", served.method(), "status", Integer.toString(served.status()))
                        .and(store))
                .register(registry)
                .record(served.duration());
        count(
                "endpoint.received",
                "Bytes of direct uploads that the file endpoint took",
                store,
                served.receivedBytes());
        count("endpoint.sent", "Bytes that the file endpoint sent", store, served.sentBytes());
    }

    private void count(String name, String description, Tag store, long bytes) {
        Counter.builder(PREFIX + name)
                .description(description)
                .baseUnit(BYTES)
                .tags(Tags.of(store))
                .register(registry)
                .increment((double) bytes);
    }

    @Override
    public void swept(Swept swept) {
        SweepResult result = swept.result();
        countSwept("upload", result.deletedBlobs());
        countSwept("unfinished-write", result.removedUnfinishedWrites());
        SweepResult.Attachments found = result.attachments();
        if (found != null) {
            countSwept("attachment", found.deleted());
            attachments = found.backlog();
            if (hasGauges.compareAndSet(false, true)) {
                gauge(
                        "announced",
                        AttachmentStatistics.Backlog::announced,
                        AttachmentStatistics.Backlog::oldestAnnounced);
                gauge(
                        "discarded",
                        AttachmentStatistics.Backlog::discarded,
                        AttachmentStatistics.Backlog::oldestDiscarded);
            }
        }
    }

    private void countSwept(String what, long count) {
        Counter.builder(PREFIX + "sweep.deleted")
                .description("What sweeps have deleted")
                .tag("what", what)
                .register(registry)
                .increment((double) count);
    }

    private void gauge(
            String state,
            ToLongFunction<AttachmentStatistics.Backlog> count,
            Function<AttachmentStatistics.Backlog, @Nullable Instant> oldest) {
        Gauge.builder(PREFIX + "attachments", () -> attachments == null ? 0 : count.applyAsLong(attachments))
                .description("Files that wait to be attached or deleted, as the last sweep left them")
                .tag("state", state)
                .register(registry);
        TimeGauge.builder(PREFIX + "attachments.oldest", () -> age(oldest), TimeUnit.MILLISECONDS)
                .description("Age of the oldest of them; grows if sweeps do not do their work")
                .tag("state", state)
                .register(registry);
    }

    private long age(Function<AttachmentStatistics.Backlog, @Nullable Instant> oldest) {
        Instant since = attachments == null ? null : oldest.apply(attachments);
        return since == null ? 0 : Math.max(0, registry.config().clock().wallTime() - since.toEpochMilli());
    }
}
