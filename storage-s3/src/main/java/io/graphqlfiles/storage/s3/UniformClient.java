package io.graphqlfiles.storage.s3;

import java.io.IOException;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * The application's client, of which every failure is one of the SDK's. HTTP clients throw others too: one whose
 * request is aborted at a time limit before it has a connection throws what its connection pool throws, a
 * {@code CancellationException} for example, and the SDK passes that on. The content of requests is in memory, so that
 * no failure of a client's stream comes this way.
 */
final class UniformClient extends DelegatingS3Client {

    UniformClient(S3Client client) {
        super(client);
    }

    @Override
    protected <R extends S3Request, T> T invokeOperation(R request, Function<R, T> operation) {
        try {
            return operation.apply(request);
        } catch (SdkException | UnsupportedOperationException e) {
            throw e;
        } catch (RuntimeException e) {
            String message = "the HTTP client failed: " + e;
            // There was no answer, as when a connection breaks off.
            throw Thread.currentThread().isInterrupted()
                    ? AbortedException.create(message, e)
                    : SdkClientException.create(message, new IOException(message, e));
        }
    }
}
