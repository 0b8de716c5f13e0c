package io.graphqlfiles.storage.s3;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.CopyRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Copies blobs with one request each, pinned to the version of the source. The answer is believed if it names the very
 * version that was asked for, or if the server is known to heed the pin; otherwise the source is looked at once more.
 */
final class WholeCopies {

    private static final String OPERATION = "copy";
    private static final int NOT_IMPLEMENTED = 501;

    private final Bucket bucket;
    private final Failures failures;
    private final BlobHeads heads;
    private final BlobWriter writer;
    private final CopyPins pins;
    private final ObjectSettings settings;

    private volatile boolean createOnly = true;

    WholeCopies(
            Bucket bucket,
            Failures failures,
            BlobHeads heads,
            BlobWriter writer,
            CopyPins pins,
            ObjectSettings settings) {
        this.bucket = bucket;
        this.failures = failures;
        this.heads = heads;
        this.writer = writer;
        this.pins = pins;
        this.settings = settings;
    }

    BlobInfo copy(CopyRequest copy) {
        WriteId writeId = WriteId.random();
        NewObject target = NewObject.of(copy, settings, writeId);
        CopyObjectResponse answer;
        try {
            answer = send(copy, target);
        } catch (SdkException e) {
            return believed(copy, target, settled(copy, writeId, e));
        }
        String eTag = answer.copyObjectResult() == null
                ? null
                : answer.copyObjectResult().eTag();
        if (eTag == null || !ETags.isNamed(eTag)) {
            return believed(copy, target, writer.written(target));
        }
        return believed(
                copy,
                target,
                target.made(
                        copy.source().byteSize(),
                        eTag,
                        ResponseTimes.of(answer.copyObjectResult().lastModified(), answer)));
    }

    private CopyObjectResponse send(CopyRequest copy, NewObject target) {
        for (int attempt = 1; ; attempt++) {
            boolean thisCreatesOnly = createOnly;
            try {
                return bucket.client()
                        .copyObject(
                                target.copyRequest(bucket, copy.sourceKey(), copy.sourceVersion(), thisCreatesOnly));
            } catch (S3Exception e) {
                if (thisCreatesOnly && e.statusCode() == NOT_IMPLEMENTED) {
                    // A condition on the target is new with copies (2025); keys are fresh without it too.
                    createOnly = false;
                } else if (!BlobWriter.isConflict(e) || attempt >= BlobWriter.ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** An entity tag that is the source's names the same bytes; another one may do so too, and says nothing. */
    private BlobInfo believed(CopyRequest copy, NewObject target, BlobInfo made) {
        if (made.version().equals(copy.sourceVersion()) || pins.areHeeded(target)) {
            return made;
        }
        try {
            heads.requireVersion(OPERATION, copy.source());
            // What was found out about the pins may have changed the version.
            return heads.written(OPERATION, target.key());
        } catch (BlobStoreException failure) {
            writer.remove(target, failure);
            throw failure;
        }
    }

    /** What became of a copy that failed: perhaps only its answer was lost. */
    private BlobInfo settled(CopyRequest copy, WriteId writeId, SdkException failure) {
        try {
            return heads.settled(OPERATION, copy.targetKey(), writeId, failure);
        } catch (BlobNotFoundException e) {
            throw failures.notFound(OPERATION, copy.sourceKey(), failure);
        } catch (BlobAlreadyExistsException taken) {
            throw whichCondition(copy, taken);
        }
    }

    /** The same answer says that the target is there and that the source is at another version. */
    private BlobStoreException whichCondition(CopyRequest copy, BlobAlreadyExistsException taken) {
        if (heads.find(OPERATION, copy.targetKey()) != null) {
            return taken;
        }
        pins.wereHeeded();
        heads.requireVersion(OPERATION, copy.source());
        return taken;
    }
}
