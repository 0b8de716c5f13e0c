package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.quarkus.File;
import java.util.List;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A document as it is kept, and as clients see it. */
@Type
public record Document(
        @Id @NonNull String id,
        @NonNull String title,
        @Ignore String shelfName,
        @File(maxSize = "100MB") StoredFile content,

        @NonNull @File(accept = "image/*", maxSize = "64KB", maxCount = 3)
        List<@NonNull StoredFile> pages,

        String addedBy,
        String language,
        String requestId) {}
