package io.graphqlfiles.storage.azure;

import io.graphqlfiles.internal.buffer.Piece;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Checksums as the service takes them: it refuses what has another one. */
final class Checksums {

    private Checksums() {}

    static byte[] md5(Piece piece) {
        MessageDigest digest = newMd5();
        update(digest, piece);
        return digest.digest();
    }

    /** Goes on with a piece. */
    static void update(MessageDigest digest, Piece piece) {
        piece.buffers().forEach(digest::update);
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is missing from this Java", e);
        }
    }
}
