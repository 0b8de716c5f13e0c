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
     * Begins texts that start alike.
     *
     * @param day of the signatures in UTC, as {@code yyyyMMdd}
     * @param start of the texts; not to be changed
     */
    Begun begin(String day, byte[] start);

    /** Signs texts of one start. Thread-safe. */
    interface Begun {

        /**
         * Signs.
         *
         * @param end of the text
         */
        byte[] sign(byte[] end);
    }

    /** Whether a signature costs about a millisecond. */
    boolean isSlow();
}
