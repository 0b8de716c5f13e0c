package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.quarkus.File;
import java.util.List;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** What a client says of a document. */
@Input("DocumentInput")
public record DocumentInput(
        @NonNull String title,
        @NonNull @DefaultValue("new") String shelf,
        @File(field = "Document.content") StoredFile content,
        @File(field = "Document.pages") List<StoredFile> pages) {}
