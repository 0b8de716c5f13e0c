package io.graphqlfiles.storage.gcs;

import com.google.cloud.storage.CopyWriter;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.PredefinedAcl;
import com.google.cloud.storage.StorageException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyRequest;
import java.util.ArrayList;
import java.util.List;

/** Copies an object inside the service, of one generation and to a free key. */
final class ObjectCopy {

    private final BucketObjects objects;
    private final CopyRequest copy;
    private final String writeId = BucketObjects.newWriteId();

    ObjectCopy(BucketObjects objects, CopyRequest copy) {
        this.objects = objects;
        this.copy = copy;
    }

    BlobInfo send() {
        Storage.CopyRequest request = request();
        try {
            CopyWriter writer = objects.storage().copy(request);
            // Between places or classes of storage the service copies a part for each call.
            while (!writer.isDone()) {
                writer.copyChunk();
            }
            return objects.described("copy", copy.targetKey(), writer.getResult());
        } catch (StorageException e) {
            if (Failures.kind(e) == Failures.Kind.NOT_FOUND) {
                throw objects.failures().notFound("copy", copy.sourceKey(), e);
            }
            try {
                return objects.settle("copy", copy.targetKey(), writeId, e);
            } catch (BlobStoreException failure) {
                throw Failures.kind(e) == Failures.Kind.TAKEN ? whichCondition(e, failure) : failure;
            }
        }
    }

    private Storage.CopyRequest request() {
        List<BlobTargetOption> options = new ArrayList<>(List.of(BlobTargetOption.doesNotExist()));
        if (objects.needsPublicAcl(copy.visibility())) {
            options.add(BlobTargetOption.predefinedAcl(PredefinedAcl.PUBLIC_READ));
        }
        return Storage.CopyRequest.newBuilder()
                .setSource(objects.id(copy.sourceKey()))
                .setSourceOptions(BlobSourceOption.generationMatch(sourceGeneration()))
                .setTarget(
                        objects.newObject(
                                copy.targetKey(),
                                copy.contentType(),
                                copy.contentDisposition(),
                                copy.visibility(),
                                writeId),
                        options)
                .build();
    }

    private long sourceGeneration() {
        try {
            return Long.parseLong(copy.sourceVersion());
        } catch (NumberFormatException e) {
            throw objects.failures().notAsPromised("copy", copy.sourceKey(), "a generation", copy.sourceVersion(), e);
        }
    }

    /** The same answer says that the target is there and that the source is of another generation. */
    private BlobStoreException whichCondition(StorageException answer, BlobStoreException taken) {
        if (objects.find("copy", copy.targetKey()) != null) {
            return taken;
        }
        com.google.cloud.storage.BlobInfo source = objects.find("copy", copy.sourceKey());
        return source == null
                ? objects.failures().notFound("copy", copy.sourceKey(), answer)
                : objects.failures()
                        .notAsPromised(
                                "copy",
                                copy.sourceKey(),
                                "version " + copy.sourceVersion(),
                                "version " + source.getGeneration(),
                                answer);
    }
}
