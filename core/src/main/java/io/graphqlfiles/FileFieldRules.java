package io.graphqlfiles;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.VariantRecipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rules of one file field; the same ones that {@code @file} takes. What is not set has the default named
 * at its method. Methods with a parameter set a rule, those without return it. Not thread-safe; used inside
 * {@link FileFieldRegistry.Builder#field}.
 */
public final class FileFieldRules {

    private static final Pattern VARIANT_NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]{0,63}");

    private @Nullable String store;
    private Visibility visibility = Visibility.PRIVATE;
    private @Nullable ByteSize maxSize;
    private ByteSize minSize = ByteSize.bytes(0);
    private List<String> accept = List.of();
    private @Nullable Integer maxCount;
    private Set<FileSourceType> sources = EnumSet.allOf(FileSourceType.class);
    private boolean sourcesDeclared;
    private final List<FileValidator> validators = new ArrayList<>();
    private PictureRules pictures = PictureRules.none();
    private boolean stripMetadata;
    private boolean review;
    private final Map<String, VariantRecipe> variants = new LinkedHashMap<>();
    private @Nullable Boolean attached;
    private @Nullable String ownerIdField;
    private @Nullable Function<Object, @Nullable Object> ownerId;

    /** No rules yet: everything has its default. */
    public FileFieldRules() {}

    /** The same rules, which then change on their own. */
    FileFieldRules(FileFieldRules other) {
        this.store = other.store;
        this.visibility = other.visibility;
        this.maxSize = other.maxSize;
        this.minSize = other.minSize;
        this.accept = other.accept;
        this.maxCount = other.maxCount;
        this.sources = other.sources;
        this.sourcesDeclared = other.sourcesDeclared;
        this.validators.addAll(other.validators);
        this.pictures = other.pictures;
        this.stripMetadata = other.stripMetadata;
        this.review = other.review;
        this.variants.putAll(other.variants);
        this.attached = other.attached;
        this.ownerIdField = other.ownerIdField;
        this.ownerId = other.ownerId;
    }

    /** Name of the store that keeps the field's files. Default: the store that was given without a name. */
    public FileFieldRules store(String store) {
        this.store = store;
        return this;
    }

    /** Who may read the files by URL. Default {@link Visibility#PRIVATE}. */
    public FileFieldRules visibility(Visibility visibility) {
        this.visibility = visibility;
        return this;
    }

    /** The largest file, inclusive. Default: only {@link FileLimits} limit it, and they hold in any case. */
    public FileFieldRules maxSize(ByteSize maxSize) {
        this.maxSize = maxSize;
        return this;
    }

    /** The smallest file, inclusive. Default 0: an empty file is a file. */
    public FileFieldRules minSize(ByteSize minSize) {
        this.minSize = minSize;
        return this;
    }

    /**
     * Which types of content are taken, as in the {@code accept} attribute of HTML: {@code image/png}, {@code image/*},
     * {@code .pdf}. The content decides; what a client says of its type and the name's extension can only make the type
     * more precise. A type takes its aliases and special forms, an extension asks for the name and for content of its
     * type. Default: all.
     */
    public FileFieldRules accept(String... accept) {
        this.accept = List.of(accept);
        return this;
    }

    /** How many files a list may have, inclusive; only for lists. Default: only {@link FileLimits} limit it. */
    public FileFieldRules maxCount(int maxCount) {
        this.maxCount = maxCount;
        return this;
    }

    /** The sources from which clients may give the file. Default: all. */
    public FileFieldRules sources(FileSourceType first, FileSourceType... others) {
        this.sources = EnumSet.of(first, others);
        this.sourcesDeclared = true;
        return this;
    }

    /**
     * Whether the library keeps the files with their record, in the
     * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#attachments attachment store}; only for fields of object
     * types. Otherwise the application keeps each {@link StoredFile} in a column of its own. Default:
     * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#attachByDefault}.
     */
    public FileFieldRules attached(boolean attached) {
        this.attached = attached;
        return this;
    }

    /** The field of the record's type that is its id, for attached files. Default {@code id}. */
    public FileFieldRules ownerId(String field) {
        this.ownerIdField = field;
        return this;
    }

    /**
     * Returns the id of a record, for attached files: of the object that the application's data fetchers return for it.
     * Default: what the data fetcher of its field {@code id} gives.
     */
    public FileFieldRules ownerId(Function<Object, @Nullable Object> ownerId) {
        this.ownerId = ownerId;
        return this;
    }

    /**
     * Adds a check of the application's own; runs after those given to
     * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#validator}.
     */
    public FileFieldRules validator(FileValidator validator) {
        this.validators.add(validator);
        return this;
    }

    /**
     * The most pixels of a picture or film, width times height, inclusive. This rule and the others about its size are
     * checked with what its header says, before anything is decoded; a picture whose header does not say is refused.
     * They need an {@link io.graphqlfiles.engine.GraphQLFiles.Builder#analyzer analyzer}, and do not look at files that
     * are neither picture nor film. Default: no limit.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public FileFieldRules maxPixels(long maxPixels) {
        this.pictures = pictures.withMaxPixels(maxPixels);
        return this;
    }

    /**
     * The smallest width in pixels, as it is shown, inclusive. Default: no limit.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public FileFieldRules minWidth(int minWidth) {
        this.pictures = pictures.withMinWidth(minWidth);
        return this;
    }

    /**
     * The largest width in pixels, as it is shown, inclusive. Default: no limit.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public FileFieldRules maxWidth(int maxWidth) {
        this.pictures = pictures.withMaxWidth(maxWidth);
        return this;
    }

    /**
     * The smallest height in pixels, as it is shown, inclusive. Default: no limit.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public FileFieldRules minHeight(int minHeight) {
        this.pictures = pictures.withMinHeight(minHeight);
        return this;
    }

    /**
     * The largest height in pixels, as it is shown, inclusive. Default: no limit.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public FileFieldRules maxHeight(int maxHeight) {
        this.pictures = pictures.withMaxHeight(maxHeight);
        return this;
    }

    /**
     * How wide a picture must be for its height: {@code 16:9}; or between which two, inclusive, the narrower one first:
     * {@code 4:5-16:9}. What is off by less than a pixel is not off. Default: no limit.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public FileFieldRules aspectRatio(String aspectRatio) {
        this.pictures = pictures.withAspectRatio(aspectRatio);
        return this;
    }

    /**
     * Whether metadata is removed from pictures while they are stored: where and with what they were taken, comments,
     * embedded thumbnails. Needs a {@link io.graphqlfiles.engine.GraphQLFiles.Builder#metadataStripper stripper}; files
     * of types that it cannot strip are refused. Default false.
     */
    public FileFieldRules stripMetadata(boolean stripMetadata) {
        this.stripMetadata = stripMetadata;
        return this;
    }

    /**
     * Whether files wait after they have been attached, until a {@link FileReviewer} or a person
     * ({@link Attachments#release}, {@link Attachments#reject}) has decided about them. Until then clients see them,
     * with {@code status: PENDING}, and get no URL. Only for attached fields, and private ones: URLs of public files
     * can be guessed by whoever knows the id. Default false.
     */
    public FileFieldRules review(boolean review) {
        this.review = review;
        return this;
    }

    /**
     * Adds a variant of pictures, which clients ask for by its name. They are made when they are first asked for, by a
     * {@link io.graphqlfiles.engine.GraphQLFiles.Builder#variantMaker maker}. Default: none.
     *
     * @param name as names are in GraphQL
     * @throws IllegalArgumentException if the name is none, or declared already
     */
    public FileFieldRules variant(String name, VariantRecipe recipe) {
        if (!VARIANT_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("variant: expected a name as in GraphQL, found \"" + name + "\"");
        }
        if (variants.putIfAbsent(name, requireNonNull(recipe, "recipe")) != null) {
            throw new IllegalArgumentException("variant: \"" + name + "\" is declared twice");
        }
        return this;
    }

    /** The store that was named; null for the default. */
    public @Nullable String store() {
        return store;
    }

    /** Who may read the files by URL. */
    public Visibility visibility() {
        return visibility;
    }

    /** The largest file, inclusive; null if the rules do not say. */
    public @Nullable ByteSize maxSize() {
        return maxSize;
    }

    /** The smallest file, inclusive. */
    public ByteSize minSize() {
        return minSize;
    }

    /** The types of content taken; empty for all. */
    public List<String> accept() {
        return accept;
    }

    /** How many files a list may have, inclusive; null if the rules do not say. */
    public @Nullable Integer maxCount() {
        return maxCount;
    }

    /** The sources from which clients may give the file. */
    public Set<FileSourceType> sources() {
        return Collections.unmodifiableSet(sources);
    }

    /** Whether sources were set; otherwise all are allowed. */
    public boolean hasSources() {
        return sourcesDeclared;
    }

    /** The application's own checks, in the order in which they were added. */
    public List<FileValidator> validators() {
        return Collections.unmodifiableList(validators);
    }

    /** What is asked of the size of pictures. */
    public PictureRules pictures() {
        return pictures;
    }

    /** Whether metadata is removed. */
    public boolean stripMetadata() {
        return stripMetadata;
    }

    /** Whether files wait for a decision. */
    public boolean review() {
        return review;
    }

    /** The variants by their names, in the order in which they were added. */
    public Map<String, VariantRecipe> variants() {
        return Collections.unmodifiableMap(variants);
    }

    /** Whether the library keeps the files with their record; null for the default. */
    public @Nullable Boolean attached() {
        return attached;
    }

    /** The field that is the id of the record; null if none was named. */
    public @Nullable String ownerIdField() {
        return ownerIdField;
    }

    /** What gives the id of the record; null if nothing was given. */
    public @Nullable Function<Object, @Nullable Object> ownerId() {
        return ownerId;
    }
}
