package io.graphqlfiles.internal.doctor;

import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.Visibility;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/**
 * A store under examination, and how clients reach it.
 *
 * @param uploadLifetime for how long what clients have sent can be claimed, at most
 * @param uploadValidity how long signed uploads are valid for
 * @param urlValidity how long signed downloads are valid for, at most
 * @param absolute makes a URL of the library's own endpoint absolute if a base URL is configured
 */
record ExaminedStore(
        BlobStore store,
        DirectAccess access,
        BucketSetup.Use use,
        Duration uploadLifetime,
        Duration uploadValidity,
        Duration urlValidity,
        UnaryOperator<URI> absolute,
        Clock clock) {

    static final String CONTENT_TYPE = "text/plain";
    /** What is written; not empty, so that a range of it can be asked for. */
    static final String CONTENT = "Written by the doctor of graphql-java-files; may be deleted.\n";

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** When an upload ends that is signed now. */
    Instant uploadExpiry() {
        return now().plus(uploadValidity);
    }

    SignedRequest signPut(String key) {
        SignedRequest request =
                access.signPut(new SignPutRequest(key, CONTENT.length(), CONTENT_TYPE, now(), uploadExpiry()));
        return new SignedRequest(
                request.method(), absolute.apply(request.url()), request.headers(), request.expiresAt());
    }

    URI signGet(String key, Visibility visibility) {
        return absolute.apply(access.signGet(new SignGetRequest(key, visibility, null, now(), now().plus(urlValidity)))
                .url());
    }

    /** The URL without what permits anything. */
    static URI bare(URI signed) {
        String url = signed.toString();
        int query = url.indexOf('?');
        return query < 0 ? signed : URI.create(url.substring(0, query));
    }
}
