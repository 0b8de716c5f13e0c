package io.graphqlfiles.internal.multipart;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of all multipart requests that are being answered, by handle. A handle is in the request's JSON where the
 * client's file belongs, and the {@code Upload} scalar finds the upload by it. Its 128 random bits are known to nobody
 * outside the server while the request lasts, so a client cannot name an upload of another request. Thread-safe.
 */
public final class LiveUploads {

    private static final int RANDOM_BYTES = 16;
    private static final String PREFIX = "upload:";

    private final Map<String, UploadPart> uploads = new ConcurrentHashMap<>();
    private final SecureRandom random;

    public LiveUploads(SecureRandom random) {
        this.random = random;
    }

    /** What the handles of one request begin with; a number makes each of them. */
    String newPrefix() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + ":";
    }

    void addAll(Map<String, UploadPart> byHandle) {
        uploads.putAll(byHandle);
    }

    void removeAll(Collection<String> handles) {
        handles.forEach(uploads::remove);
    }

    /** Null if no request that is being answered has that handle. */
    @Nullable
    UploadPart find(String handle) {
        // Looked at first: other texts among the variables can be long.
        return handle.startsWith(PREFIX) ? uploads.get(handle) : null;
    }

    /** How many there are, over all requests. */
    public int count() {
        return uploads.size();
    }
}
