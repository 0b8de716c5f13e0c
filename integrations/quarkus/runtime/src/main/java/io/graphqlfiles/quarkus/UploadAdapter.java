package io.graphqlfiles.quarkus;

import io.graphqlfiles.Upload;
import jakarta.json.bind.adapter.JsonbAdapter;
import org.jspecify.annotations.Nullable;

/** Lets JSON-B put an {@link Upload} into an input object of a GraphQL request. */
public final class UploadAdapter implements JsonbAdapter<Upload, String> {

    /** For JSON-B. */
    public UploadAdapter() {}

    /** @throws IllegalStateException always */
    @Override
    public String adaptToJson(Upload upload) {
        throw new IllegalStateException("An upload is not written as JSON");
    }

    /** Also of null: whoever gives no file. */
    @Override
    public @Nullable Upload adaptFromJson(@Nullable String number) {
        return number == null ? null : FilesInHand.get(number, Upload.class);
    }
}
