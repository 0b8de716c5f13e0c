package io.graphqlfiles.compatibility;

import io.graphqlfiles.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a client says of a document. */
public record DocumentInput(
        String title,
        String shelf,
        @Nullable StoredFile content,
        @Nullable List<StoredFile> pages) {

    /** From an argument as graphql-java has it. */
    @SuppressWarnings("unchecked")
    public static DocumentInput of(Map<String, Object> argument) {
        return new DocumentInput(
                (String) argument.get("title"),
                (String) argument.get("shelf"),
                (StoredFile) argument.get("content"),
                (List<StoredFile>) argument.get("pages"));
    }

    /** As it was said in such a context. */
    public Document toDocument(@Nullable String addedBy, @Nullable String language, @Nullable String requestId) {
        return new Document(
                UUID.randomUUID().toString(),
                title,
                shelf,
                content,
                pages == null ? List.of() : pages,
                addedBy,
                language,
                requestId);
    }
}
