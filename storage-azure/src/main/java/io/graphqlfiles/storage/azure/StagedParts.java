package io.graphqlfiles.storage.azure;

import com.azure.storage.blob.models.Block;
import io.graphqlfiles.spi.UploadedPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been received of one upload: of each part the newest that has all its blocks.
 *
 * @param isInProgress whether the mark is there
 * @param parts in the order of their numbers
 */
record StagedParts(boolean isInProgress, List<UploadedPart> parts) {

    static StagedParts of(String uploadId, List<Block> blocks) {
        String upload = BlockId.uploadOf(uploadId);
        boolean marked = false;
        Map<BlockId, Received> received = new HashMap<>();
        for (Block block : blocks) {
            BlockId id = BlockId.parse(block.getName());
            if (id == null || !id.upload().equals(upload)) {
                continue;
            }
            if (id.isMark()) {
                marked = true;
            } else {
                received.computeIfAbsent(id.at(0), first -> new Received()).add(block.getSizeLong());
            }
        }
        SortedMap<Integer, BlockId> newest = new TreeMap<>();
        received.forEach((first, sum) -> {
            if (sum.count == first.count()) {
                newest.merge(first.number(), first, (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
            }
        });
        List<UploadedPart> parts = new ArrayList<>();
        newest.forEach((number, first) -> {
            Received sum = received.getOrDefault(first, new Received());
            parts.add(new UploadedPart(number, sum.byteSize, first.partVersion()));
        });
        return new StagedParts(marked, List.copyOf(parts));
    }

    private static final class Received {
        private int count;
        private long byteSize;

        void add(long bytes) {
            count++;
            byteSize += bytes;
        }
    }
}
