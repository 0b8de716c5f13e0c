package io.graphqlfiles.internal.pair;

import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.DirectPartAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPartRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How clients reach a store that files are moving to: they upload to it, and read by the library's endpoint, which
 * knows where a file is when it is asked for.
 *
 * @param own of the new store
 * @param endpoint of the library, to both stores
 * @param isOldUpload whether an upload in parts was begun in the old store
 */
record MigratingAccess(DirectAccess own, DirectAccess endpoint, Predicate<String> isOldUpload)
        implements DirectPartAccess {

    @Override
    public SignedRequest signPut(SignPutRequest put) {
        return own.signPut(put);
    }

    @Override
    public SignedRequest signPart(SignPartRequest part) {
        boolean isOld = isOldUpload.test(part.upload().uploadId());
        DirectAccess access = isOld || !(own instanceof DirectPartAccess) ? endpoint : own;
        if (!(access instanceof DirectPartAccess parts)) {
            throw new IllegalStateException("expected an endpoint that takes parts, found " + access);
        }
        return parts.signPart(part);
    }

    @Override
    public SignedUrl signGet(SignGetRequest get) {
        return endpoint.signGet(get);
    }

    @Override
    public @Nullable Duration maxValidity() {
        return own.maxValidity();
    }

    @Override
    public boolean isSlowToSign() {
        return own.isSlowToSign();
    }
}
