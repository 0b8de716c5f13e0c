package io.graphqlfiles.internal.blob;

import io.graphqlfiles.spi.Visibility;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    /** Notes of {@link io.graphqlfiles.maintenance.FileMaintenance#migrate} in the store that it copies to. */
    public static final String MIGRATIONS = PRIVATE + "migrating/";

    /** After the visibility, so that a bucket policy for {@code public/} holds for these too. */
    private static final String ATTACHED = "attached/";
    /** Below these is what has, or had, a row in the attachment store, and nothing else. */
    public static final List<String> ATTACHED_PREFIXES = List.of(PUBLIC + ATTACHED, PRIVATE + ATTACHED);

    private static final String PUBLIC_ATTACHED = ATTACHED_PREFIXES.get(0);
    private static final String PRIVATE_ATTACHED = ATTACHED_PREFIXES.get(1);

    /**
     * What distinguishes a store from another one of its name; see
     * {@link io.graphqlfiles.internal.maintenance.StoreIdentities}. No random key is equal to it.
     */
    public static final String IDENTITY = PRIVATE + ATTACHED + "identity";

    /** Lower case only, because some file systems do not distinguish cases. */
    private static final char[] DIGITS = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    private static final int RANDOM_DIGITS = 32;

    private final SecureRandom random = new SecureRandom();

    String permanent(Visibility visibility, @Nullable String tenant) {
        return prefix(visibility) + place(tenant) + randomDigits();
    }

    /** For files that the library attaches. */
    String attached(Visibility visibility, @Nullable String tenant) {
        return prefix(visibility) + ATTACHED + place(tenant) + randomDigits();
    }

    public String staged(Instant now, @Nullable String tenant) {
        return STAGED + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(now, ZoneOffset.UTC)) + "/"
                + place(tenant) + randomDigits();
    }

    /** After everything that policies and rules of a bucket distinguish. */
    private static String place(@Nullable String tenant) {
        return tenant == null ? "" : tenant + "/";
    }

    /** Below these is what has, or had, a row in the tenant's database, and nothing else. */
    public static List<String> attachedPrefixes(@Nullable String tenant) {
        return tenant == null
                ? ATTACHED_PREFIXES
                : ATTACHED_PREFIXES.stream()
                        .map(prefix -> prefix + place(tenant))
                        .toList();
    }

    /** Where the identity of a store is that a tenant's database knows. */
    public static String identityOf(@Nullable String tenant) {
        return tenant == null ? IDENTITY : PRIVATE + ATTACHED + place(tenant) + "identity";
    }

    /** The tenant whose file, variant or staged upload it is; null for none. By hand, as every URL of a list asks. */
    public static @Nullable String tenantOf(String key) {
        int begin;
        int last = key.lastIndexOf('/');
        if (key.startsWith(STAGED)) {
            begin = key.indexOf('/', STAGED.length()) + 1;
        } else {
            begin = key.startsWith(PUBLIC) ? PUBLIC.length() : key.startsWith(PRIVATE) ? PRIVATE.length() : 0;
            if (VariantKeys.isVariant(key)) {
                begin += VariantKeys.VARIANTS.length();
                // The digest comes after the file.
                last = key.lastIndexOf('/', last - 1);
            }
            if (key.startsWith(ATTACHED, begin)) {
                begin += ATTACHED.length();
            } else if (key.startsWith(PROBES, begin) || key.startsWith(MIGRATIONS)) {
                return null;
            }
        }
        return begin > 0 && begin < last && key.indexOf('/', begin) == last ? key.substring(begin, last) : null;
    }

    /** For what {@link io.graphqlfiles.maintenance.FileStoreDoctor} writes: never a file's, and easy to find. */
    public String probe(String place) {
        return probes(place) + randomDigits();
    }

    /** What the keys of all probes at a place begin with. */
    public static String probes(String place) {
        return place + PROBES;
    }

    /** For what a migration notes. */
    public String migration() {
        return MIGRATIONS + randomDigits();
    }

    /** Whether it is that of a file: neither of something staged nor of a variant. */
    public static boolean isPermanent(String key) {
        return isKept(key) && !VariantKeys.isVariant(key);
    }

    /** Whether it is that of something to be kept: a file, a variant, the identity. */
    public static boolean isKept(String key) {
        return (key.startsWith(PUBLIC) || key.startsWith(PRIVATE))
                && !key.startsWith(PUBLIC + PROBES)
                && !key.startsWith(PRIVATE + PROBES)
                && !key.startsWith(MIGRATIONS);
    }

    public static Visibility visibilityOf(String key) {
        return key.startsWith(PUBLIC) ? Visibility.PUBLIC : Visibility.PRIVATE;
    }

    /** By hand, as every variant of a list asks. */
    public static boolean isAttached(String key) {
        return key.startsWith(PRIVATE_ATTACHED) || key.startsWith(PUBLIC_ATTACHED);
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
