package io.graphqlfiles.storage.gcs;

/** A key that signs URLs, with its name. Thread-safe, no I/O. */
interface SigningKey {

    String REGION = "auto";
    String SERVICE = "storage";
    String REQUEST = "goog4_request";

    /** Name of the algorithm in the URL. */
    String algorithm();

    /** Who signs: a service account, or the access id of an HMAC key. */
    String account();

    /**
     * Signs.
     *
     * @param day of the signature in UTC, as {@code yyyyMMdd}
     */
    byte[] sign(String day, byte[] text);

    /** Whether a signature costs about a millisecond. */
    boolean isSlow();
}
