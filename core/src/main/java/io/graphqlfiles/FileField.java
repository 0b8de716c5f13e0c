package io.graphqlfiles;

import io.graphqlfiles.internal.mime.AcceptPatterns;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A field that takes or gives files, with its rules worked out. Immutable. */
public final class FileField {

    private final String coordinate;
    private final String store;
    private final Visibility visibility;
    private final long maxByteSize;
    private final long minByteSize;
    private final List<String> accept;
    private final AcceptPatterns acceptPatterns;
    private final @Nullable Integer maxCount;
    private final Set<FileSourceType> sources;
    private final List<FileValidator> validators;
    private final boolean attached;
    private final PictureRules pictures;
    private final boolean stripsMetadata;
    private final boolean reviewed;
    private final Map<String, VariantRecipe> variants;

    /**
     * For tests of what is asked about fields, as a {@link FileAuthorizer} is; the fields of an application come from
     * its schema.
     *
     * @param coordinate where the rules are declared, as a schema coordinate
     * @param store name of the store that keeps the files
     * @param rules not changed afterwards; the store and sources that they name count for nothing here
     * @param sources at least one
     * @param attached whether the library keeps the files with their record
     * @throws IllegalArgumentException if {@link FileFieldRules#accept} holds what is no type and no extension, or
     *     there are no sources
     */
    public FileField(
            String coordinate, String store, FileFieldRules rules, Set<FileSourceType> sources, boolean attached) {
        this.coordinate = coordinate;
        this.store = store;
        this.visibility = rules.visibility();
        this.maxByteSize =
                rules.maxSize() == null ? Long.MAX_VALUE : rules.maxSize().bytes();
        this.minByteSize = rules.minSize().bytes();
        this.accept = rules.accept();
        this.acceptPatterns = AcceptPatterns.parse(rules.accept());
        this.maxCount = rules.maxCount();
        this.sources = Collections.unmodifiableSet(EnumSet.copyOf(sources));
        this.validators = List.copyOf(rules.validators());
        this.attached = attached;
        this.pictures = rules.pictures();
        this.stripsMetadata = rules.stripMetadata();
        this.reviewed = rules.review();
        this.variants = Collections.unmodifiableMap(new LinkedHashMap<>(rules.variants()));
    }

    private FileField(FileField other, String store) {
        this.coordinate = other.coordinate;
        this.store = store;
        this.visibility = other.visibility;
        this.maxByteSize = other.maxByteSize;
        this.minByteSize = other.minByteSize;
        this.accept = other.accept;
        this.acceptPatterns = other.acceptPatterns;
        this.maxCount = other.maxCount;
        this.sources = other.sources;
        this.validators = other.validators;
        this.attached = other.attached;
        this.pictures = other.pictures;
        this.stripsMetadata = other.stripsMetadata;
        this.variants = other.variants;
        this.reviewed = other.reviewed;
    }

    /** The same field with its files in another store, as {@link FileTenants#store} may want it. */
    public FileField withStore(String otherStore) {
        return otherStore.equals(store) ? this : new FileField(this, otherStore);
    }

    /**
     * Where the rules are declared, as a schema coordinate: {@code Product.image}, {@code Mutation.setImage(file:)}.
     */
    public String coordinate() {
        return coordinate;
    }

    /** Name of the store that keeps the files. */
    public String store() {
        return store;
    }

    /** Who may read the files by URL. */
    public Visibility visibility() {
        return visibility;
    }

    /** The smallest file in bytes, inclusive. */
    public long minByteSize() {
        return minByteSize;
    }

    /** The types of content taken, as declared; empty for all. */
    public List<String> accept() {
        return accept;
    }

    /** How many files a list may have, inclusive; null if the field does not say. */
    public @Nullable Integer maxCount() {
        return maxCount;
    }

    /** The sources from which clients may give the file, in the order of {@link FileSourceType}. */
    public Set<FileSourceType> sources() {
        return sources;
    }

    /** Whether the library keeps the files with their record; otherwise the application keeps them. */
    public boolean isAttached() {
        return attached;
    }

    /** The largest file in bytes, inclusive, that the field itself takes; {@link Long#MAX_VALUE} if it does not say. */
    public long maxByteSize() {
        return maxByteSize;
    }

    /**
     * Whether content of this type is taken.
     *
     * @param mimeType as found in the content
     * @param fileName cleaned; null if there is none
     */
    public boolean accepts(String mimeType, @Nullable String fileName) {
        return acceptPatterns.matches(mimeType, fileName);
    }

    /**
     * Whether a file whose name and claim alone are known may turn out to be one that is accepted.
     *
     * @param claimedType a media type; null if none is claimed
     */
    public boolean mayAccept(@Nullable String claimedType, String fileName) {
        return acceptPatterns.mayMatch(claimedType, fileName);
    }

    /** What is asked of the size of pictures and films. */
    public PictureRules pictures() {
        return pictures;
    }

    /** Whether metadata is removed from pictures, and files from which it cannot be are refused. */
    public boolean stripsMetadata() {
        return stripsMetadata;
    }

    /** Whether files wait, once they are attached, until somebody has decided about them. */
    public boolean isReviewed() {
        return reviewed;
    }

    /** The variants that clients may ask for, by their names, in the order in which they are declared. */
    public Map<String, VariantRecipe> variants() {
        return variants;
    }

    /** The application's own checks of this field, in the order in which they are made. */
    public List<FileValidator> validators() {
        return validators;
    }

    @Override
    public String toString() {
        return "FileField[" + coordinate + "]";
    }
}
