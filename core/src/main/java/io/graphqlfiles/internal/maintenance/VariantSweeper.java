package io.graphqlfiles.internal.maintenance;

import io.graphqlfiles.internal.blob.BlobPages;
import io.graphqlfiles.internal.blob.BlobStores;
import io.graphqlfiles.internal.blob.VariantKeys;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.VariantSweepResult;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deletes variants whose original is gone, or whose recipe is. One use. */
final class VariantSweeper {

    private final BlobStores stores;
    private final SweepOptions options;
    private final SweepTally tally = new SweepTally();
    private long variants;
    private long deleted;
    private final ProgressMeter meter;

    VariantSweeper(BlobStores stores, SweepOptions options) {
        this.stores = stores;
        this.options = options;
        this.meter = new ProgressMeter("sweep variants", null, options.progress());
    }

    VariantSweepResult sweep() {
        for (String store : stores.names()) {
            tally.attempt(store, () -> {
                VariantKeys.PREFIXES.forEach(prefix -> sweep(stores.store(store), prefix));
                return null;
            });
        }
        return new VariantSweepResult(variants, deleted, tally.failures());
    }

    private void sweep(BlobStore store, String prefix) {
        BlobPages pages = new BlobPages(store, prefix, options.batchSize());
        do {
            List<BlobInfo> page = pages.next().blobs();
            variants += page.size();
            Map<String, Boolean> originals = new HashMap<>();
            List<String> unneeded = new ArrayList<>();
            for (BlobInfo blob : page) {
                VariantKeys.VariantKey names = VariantKeys.parse(blob.key());
                if (names != null
                        && (!stores.variants().isKnown(names.digest())
                                || !originals.computeIfAbsent(names.original(), key -> store.stat(key) != null))) {
                    unneeded.add(blob.key());
                }
            }
            if (!unneeded.isEmpty()) {
                if (!options.isDryRun()) {
                    store.delete(unneeded);
                }
                deleted += unneeded.size();
            }
            meter.done(page.size());
        } while (pages.hasNext() && SweepTally.rest(options.pause()));
    }
}
