package io.graphqlfiles.storage.gcs;

import java.time.LocalDate;

/** A key that signs URLs, with its name. Thread-safe, no I/O. */
interface SigningKey {

    /** Name of the algorithm in the URL. */
    String algorithm();

    /** Who signs: a service account, or the access id of an HMAC key. */
    String account();

    /**
     * Signs.
     *
     * @param day of the signature, UTC
     */
    byte[] sign(LocalDate day, byte[] text);

    /** Whether a signature costs about a millisecond. */
    boolean isSlow();
}
