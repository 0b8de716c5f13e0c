package io.graphqlfiles.compatibility.quarkus;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The application that runs on every server, as one writes it for MicroProfile GraphQL. */
@GraphQLApi
public class DocumentsApi {

    private final List<Document> all = new CopyOnWriteArrayList<>();

    @Inject
    SecurityIdentity identity;

    @Inject
    CurrentVertxRequest request;

    @Query
    @NonNull
    public List<@NonNull Document> documents() {
        return all;
    }

    @Mutation
    @NonNull
    public Document addDocument(@NonNull @Name("document") DocumentInput document) {
        Document added = new Document(
                UUID.randomUUID().toString(),
                document.title(),
                document.shelf(),
                document.content(),
                document.pages() == null ? List.of() : document.pages(),
                identity.isAnonymous() ? null : identity.getPrincipal().getName(),
                Locale.getDefault().toLanguageTag(),
                request.getCurrent().request().getHeader("X-Request-Id"));
        all.add(added);
        return added;
    }

    @Mutation
    public Document failToAddDocument(@NonNull @Name("document") DocumentInput document) {
        throw new IllegalStateException("a failure that the contract asks for");
    }

    @Mutation
    @NonNull
    public Measurement measure(@NonNull @Name("file") Upload file) throws IOException {
        CRC32 crc = new CRC32();
        long size = 0;
        try (InputStream in = file.openStream()) {
            byte[] buffer = new byte[64 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                size += n;
            }
        }
        return new Measurement(file.fileName(), file.contentType(), size, Long.toHexString(crc.getValue()));
    }

    @Mutation
    @NonNull
    public List<@NonNull Measurement> measureAll(@NonNull @Name("files") List<@NonNull Upload> files)
            throws IOException {
        List<Measurement> measured = new ArrayList<>();
        for (Upload file : files) {
            measured.add(measure(file));
        }
        return measured;
    }

    /** For all documents of a list at once. */
    @NonNull
    public List<@NonNull Shelf> shelf(@Source List<Document> documents) {
        int names = (int) documents.stream().map(Document::shelfName).distinct().count();
        return documents.stream()
                .map(document -> new Shelf(document.shelfName(), names))
                .toList();
    }

    /** Whether what was stored is what the database would have got. */
    @Query
    public List<String> keysOf(@NonNull @Name("title") String title) {
        return all.stream()
                .filter(document -> document.title().equals(title))
                .map(Document::content)
                .map(StoredFile::toJson)
                .toList();
    }
}
