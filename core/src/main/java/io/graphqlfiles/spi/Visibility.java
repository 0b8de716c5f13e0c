package io.graphqlfiles.spi;

/** Who may read a stored file by its URL. */
public enum Visibility {
    /** Everyone who knows the URL, for as long as the file exists: the URL never expires. */
    PUBLIC,
    /** Whoever was given a signed URL, until that URL expires. The default. */
    PRIVATE
}
