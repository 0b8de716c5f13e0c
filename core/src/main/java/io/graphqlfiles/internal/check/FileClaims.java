package io.graphqlfiles.internal.check;

import org.jspecify.annotations.Nullable;

/**
 * What is said of a file apart from its content, none of it checked.
 *
 * @param fileName null if there is none
 * @param isNameGuessed whether nobody gave the name: it was guessed from an address, is clean, and its extension may be
 *     wrong
 * @param mimeType as it came; null if there is none
 */
public record FileClaims(
        @Nullable String fileName,
        boolean isNameGuessed,
        @Nullable String mimeType) {

    /** Given by the client or the application. */
    public static FileClaims given(@Nullable String fileName, @Nullable String mimeType) {
        return new FileClaims(fileName, false, mimeType);
    }
}
