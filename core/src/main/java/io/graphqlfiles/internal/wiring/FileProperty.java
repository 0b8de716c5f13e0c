package io.graphqlfiles.internal.wiring;

import io.graphqlfiles.StoredFile;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code StoredFile} shows of a file itself. One class: of a lambda for each, every start would spin a dozen. */
enum FileProperty implements Function<StoredFile, @Nullable Object> {
    ID("id"),
    FILE_NAME("fileName"),
    MIME_TYPE("mimeType"),
    BYTE_SIZE("byteSize"),
    CREATED_AT("createdAt"),
    CHECKSUM("checksum"),
    WIDTH("width"),
    HEIGHT("height"),
    DURATION("duration"),
    PAGES("pages"),
    PLACEHOLDER("placeholder"),
    STATUS("status");

    private final String field;

    FileProperty(String field) {
        this.field = field;
    }

    /** Its name in the schema. */
    String field() {
        return field;
    }

    @Override
    public @Nullable Object apply(StoredFile file) {
        return switch (this) {
            case ID -> file.id();
            case FILE_NAME -> file.fileName();
            case MIME_TYPE -> file.mimeType();
            case BYTE_SIZE -> file.byteSize();
            case CREATED_AT -> StoredFileFetchers.dateTime(file.createdAt());
            case CHECKSUM -> file.checksum();
            case WIDTH -> file.facts().width();
            case HEIGHT -> file.facts().height();
            case DURATION -> seconds(file.facts().duration());
            case PAGES -> file.facts().pages();
            case PLACEHOLDER -> StoredFileFetchers.isReady(file) ? file.facts().placeholder() : null;
            case STATUS -> file.status().name();
        };
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
