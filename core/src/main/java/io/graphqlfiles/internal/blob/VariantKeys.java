package io.graphqlfiles.internal.blob;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the variants of a file are: next to it, under a key that follows from the file's and the recipe's digest, so
 * that nobody needs to keep which there are. {@code private/abc} has {@code private/variants/abc/<digest>}, and
 * {@code private/attached/abc} has {@code private/variants/attached/abc/<digest>}, with the tenant, if there is one,
 * before the file. Thread-safe.
 */
public final class VariantKeys {

    static final String VARIANTS = "variants/";

    /** Below these are variants, and nothing else. */
    public static final List<String> PREFIXES = List.of(FileKeys.PUBLIC + VARIANTS, FileKeys.PRIVATE + VARIANTS);

    private static final String PUBLIC_VARIANTS = PREFIXES.get(0);
    private static final String PRIVATE_VARIANTS = PREFIXES.get(1);

    private volatile Set<String> digests = Set.of();

    /**
     * What a key of a variant stands for.
     *
     * @param original key of the file
     * @param digest of the recipe
     */
    public record VariantKey(String original, String digest) {}

    /** Adds the recipes of a schema; to be called for each. */
    public synchronized void add(Collection<String> more) {
        Set<String> all = new TreeSet<>(digests);
        all.addAll(more);
        digests = all;
    }

    /** Whether a recipe of some schema has this digest. */
    public boolean isKnown(String digest) {
        return digests.contains(digest);
    }

    /** The keys of all variants that these files may have. */
    List<String> ofAll(Collection<String> keys) {
        Set<String> known = digests;
        List<String> variants = new ArrayList<>();
        for (String key : keys) {
            if (hasVariants(key)) {
                known.forEach(digest -> variants.add(of(key, digest)));
            }
        }
        return variants;
    }

    /** Whether a key is one that the library makes for files: others have no place for variants. */
    public static boolean hasVariants(String key) {
        String rest = rest(key);
        if (rest == null || isVariant(key)) {
            return false;
        }
        int slash = rest.lastIndexOf('/');
        String place = slash < 0 ? "" : rest.substring(0, slash);
        String tenant = FileKeys.tenantOf(key);
        return FileKeys.isAttached(key)
                ? place.equals(tenant == null ? "attached" : "attached/" + tenant)
                : place.equals(tenant == null ? "" : tenant);
    }

    /**
     * The key of a variant.
     *
     * @param original one that {@linkplain #hasVariants has variants}
     */
    public static String of(String original, String digest) {
        String visibility = original.startsWith(FileKeys.PUBLIC) ? FileKeys.PUBLIC : FileKeys.PRIVATE;
        return visibility + VARIANTS + original.substring(visibility.length()) + "/" + digest;
    }

    /** By hand, as every URL of a list asks. */
    public static boolean isVariant(String key) {
        return key.startsWith(PRIVATE_VARIANTS) || key.startsWith(PUBLIC_VARIANTS);
    }

    /** Null if it is no key of a variant. */
    public static @Nullable VariantKey parse(String key) {
        if (!isVariant(key)) {
            return null;
        }
        int slash = key.lastIndexOf('/');
        String visibility = key.startsWith(FileKeys.PUBLIC) ? FileKeys.PUBLIC : FileKeys.PRIVATE;
        int begin = visibility.length() + VARIANTS.length();
        if (slash < begin) {
            return null;
        }
        String original = visibility + key.substring(begin, slash);
        return hasVariants(original) ? new VariantKey(original, key.substring(slash + 1)) : null;
    }

    private static @Nullable String rest(String key) {
        if (key.startsWith(FileKeys.PUBLIC)) {
            return key.substring(FileKeys.PUBLIC.length());
        }
        return key.startsWith(FileKeys.PRIVATE) ? key.substring(FileKeys.PRIVATE.length()) : null;
    }
}
