package io.graphqlfiles.quarkus;

import io.graphqlfiles.StoredFile;
import jakarta.json.bind.adapter.JsonbAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Lets JSON-B put a {@link StoredFile} into an input object of a GraphQL request. It reads none from any other JSON,
 * and writes the id.
 */
public final class StoredFileAdapter implements JsonbAdapter<StoredFile, String> {

    /** For JSON-B. */
    public StoredFileAdapter() {}

    @Override
    public String adaptToJson(StoredFile file) {
        return file.id();
    }

    /** Also of null: whoever gives no file. */
    @Override
    public @Nullable StoredFile adaptFromJson(@Nullable String number) {
        return number == null ? null : FilesInHand.get(number, StoredFile.class);
    }
}
