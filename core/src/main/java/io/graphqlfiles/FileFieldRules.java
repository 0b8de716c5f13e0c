package io.graphqlfiles;

import io.graphqlfiles.spi.Visibility;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rules of one file field; the same ones that {@code @file} takes. What is not set has the default named
 * at its method. Not thread-safe; used inside {@link FileFieldRegistry.Builder#field}.
 */
public final class FileFieldRules {

    @Nullable
    String store;

    Visibility visibility = Visibility.PRIVATE;

    @Nullable
    ByteSize maxSize;

    ByteSize minSize = ByteSize.bytes(0);
    List<String> accept = List.of();

    @Nullable
    Integer maxCount;

    Set<FileSourceType> sources = EnumSet.allOf(FileSourceType.class);
    boolean sourcesDeclared;
    final List<FileValidator> validators = new ArrayList<>();

    @Nullable
    Boolean attached;

    @Nullable
    String ownerIdField;

    @Nullable
    Function<Object, @Nullable Object> ownerId;

    FileFieldRules() {}

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

    /** The ways in which clients may give the file. Default: all. */
    public FileFieldRules sources(FileSourceType first, FileSourceType... others) {
        this.sources = EnumSet.of(first, others);
        this.sourcesDeclared = true;
        return this;
    }

    /**
     * Whether the library keeps the files with their record, in the {@link GraphQLFiles.Builder#attachments attachment
     * store}; only for fields of object types. Otherwise the application keeps each {@link StoredFile} in a column of
     * its own. Default: {@link GraphQLFiles.Builder#attachByDefault}.
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
     * Tells the id of a record, for attached files: of the object that the application's data fetchers return for it.
     * Default: what the data fetcher of its field {@code id} gives.
     */
    public FileFieldRules ownerId(Function<Object, @Nullable Object> ownerId) {
        this.ownerId = ownerId;
        return this;
    }

    /** Adds a check of the application's own; runs after those given to {@link GraphQLFiles.Builder#validator}. */
    public FileFieldRules validator(FileValidator validator) {
        this.validators.add(validator);
        return this;
    }
}
