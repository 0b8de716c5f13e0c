package io.graphqlfiles.internal.endpoint;

import io.graphqlfiles.internal.token.PathSigner;
import org.jspecify.annotations.Nullable;

/**
 * What the signature of a URL of the file endpoint covers: everything that decides what the request may do. The base
 * path is not part of it, so that a proxy may map the endpoint elsewhere.
 */
final class EndpointSignatures {

    private final PathSigner signer;

    EndpointSignatures(PathSigner signer) {
        this.signer = signer;
    }

    /** @param expires seconds since the epoch; null if the URL never expires */
    String forGet(String store, String key, @Nullable Long expires, @Nullable String disposition) {
        return signer.sign(get(store, key, expires, disposition));
    }

    boolean verifyGet(
            String store, String key, @Nullable Long expires, @Nullable String disposition, String signature) {
        return signer.verify(get(store, key, expires, disposition), signature);
    }

    String forPut(String store, String key, long expires, long byteSize, String contentType) {
        return signer.sign(put(store, key, expires, byteSize, contentType));
    }

    boolean verifyPut(String store, String key, long expires, long byteSize, String contentType, String signature) {
        return signer.verify(put(store, key, expires, byteSize, contentType), signature);
    }

    String forPart(String store, String key, String upload, long number, long expires, long byteSize) {
        return signer.sign(part(store, key, upload, number, expires, byteSize));
    }

    boolean verifyPart(
            String store, String key, String upload, long number, long expires, long byteSize, String signature) {
        return signer.verify(part(store, key, upload, number, expires, byteSize), signature);
    }

    /**
     * Line breaks occur in none of the parts and the last is the only one of free form, so no two requests have the
     * same text.
     */
    private static String get(String store, String key, @Nullable Long expires, @Nullable String disposition) {
        return "GET\n" + store + "\n" + key + "\n" + (expires == null ? "" : expires) + "\n"
                + (disposition == null ? "" : "=" + disposition);
    }

    private static String put(String store, String key, long expires, long byteSize, String contentType) {
        return "PUT\n" + store + "\n" + key + "\n" + expires + "\n" + byteSize + "\n" + contentType;
    }

    private static String part(String store, String key, String upload, long number, long expires, long byteSize) {
        return "PART\n" + store + "\n" + key + "\n" + expires + "\n" + byteSize + "\n" + number + "\n" + upload;
    }
}
