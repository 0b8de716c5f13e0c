package io.graphqlfiles.internal.blob;

import io.graphqlfiles.spi.Visibility;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Makes the keys of blobs. They say where a blob stands (a bucket policy can distinguish public from private, a
 * life-cycle rule can find what is staged) and nothing that a client gave. The rest is 160 random bits, so that a key
 * cannot be guessed.
 */
public final class FileKeys {

    public static final String STAGED = "staged/";
    public static final String PUBLIC = "public/";
    public static final String PRIVATE = "private/";
    private static final String PROBES = "doctor/";
    /** After the visibility, so that a bucket policy for {@code public/} holds for these too. */
    private static final String ATTACHED = "attached/";
    /** Below these is what has, or had, a row in the attachment store, and nothing else. */
    public static final List<String> ATTACHED_PREFIXES = List.of(PUBLIC + ATTACHED, PRIVATE + ATTACHED);

    /**
     * What distinguishes a store from another one of its name; see
     * {@link io.graphqlfiles.internal.maintenance.StoreIdentities}. No random key is equal to it.
     */
    public static final String IDENTITY = PRIVATE + ATTACHED + "identity";

    /** Lower case only, because some file systems do not distinguish cases. */
    private static final char[] DIGITS = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private static final int RANDOM_DIGITS = 32;

    private final SecureRandom random = new SecureRandom();

    String permanent(Visibility visibility) {
        return prefix(visibility) + randomDigits();
    }

    /** For files that the library attaches. */
    String attached(Visibility visibility) {
        return prefix(visibility) + ATTACHED + randomDigits();
    }

    public String staged(Instant now) {
        return STAGED + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(now, ZoneOffset.UTC)) + "/"
                + randomDigits();
    }

    /** For what {@link io.graphqlfiles.maintenance.FileStoreDoctor} writes: never a file's, and easy to find. */
    public String probe(String place) {
        return probes(place) + randomDigits();
    }

    /** What the keys of all probes at a place begin with. */
    public static String probes(String place) {
        return place + PROBES;
    }

    /** Whether it is that of a file: neither of something staged nor of a variant. */
    public static boolean isPermanent(String key) {
        return (key.startsWith(PUBLIC) || key.startsWith(PRIVATE)) && !VariantKeys.isVariant(key);
    }

    public static Visibility visibilityOf(String key) {
        return key.startsWith(PUBLIC) ? Visibility.PUBLIC : Visibility.PRIVATE;
    }

    public static boolean isAttached(String key) {
        return ATTACHED_PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** For a store that has none. */
    public String identity() {
        return randomDigits();
    }

    private static String prefix(Visibility visibility) {
        return visibility == Visibility.PUBLIC ? PUBLIC : PRIVATE;
    }

    private String randomDigits() {
        byte[] bytes = new byte[RANDOM_DIGITS];
        random.nextBytes(bytes);
        StringBuilder digits = new StringBuilder(RANDOM_DIGITS);
        for (byte each : bytes) {
            digits.append(DIGITS[each & 31]);
        }
        return digits.toString();
    }
}
