package io.graphqlfiles.compatibility.dgs;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsData;
import com.netflix.graphql.dgs.DgsDataFetchingEnvironment;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.InputArgument;
import io.graphqlfiles.Upload;
import io.graphqlfiles.compatibility.Document;
import io.graphqlfiles.compatibility.DocumentInput;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.Measurement;
import io.graphqlfiles.compatibility.Shelf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.RequestHeader;

@DgsComponent
class DocumentFetchers {

    private final Documents documents;

    DocumentFetchers(Documents documents) {
        this.documents = documents;
    }

    @DgsQuery
    List<Document> documents() {
        return documents.all();
    }

    @DgsData(parentType = "Document")
    CompletableFuture<Shelf> shelf(DgsDataFetchingEnvironment environment) {
        Document document = environment.getSource();
        return shelves(environment).load(document.shelfName());
    }

    @DgsMutation
    CompletableFuture<Document> addDocument(
            @InputArgument DocumentInput document,
            @RequestHeader(name = "X-Request-Id", required = false) String requestId,
            DgsDataFetchingEnvironment environment) {
        String user = SecurityContextHolder.getContext().getAuthentication().getName();
        Document added = document.toDocument(
                user.equals("anonymousUser") ? null : user,
                environment.getLocale().toLanguageTag(),
                requestId);
        return shelves(environment).load(document.shelf()).thenApply(shelf -> documents.add(added));
    }

    @DgsMutation
    Document failToAddDocument(@InputArgument DocumentInput document) {
        return documents.failToAdd();
    }

    @DgsMutation
    Measurement measure(@InputArgument Upload file) {
        return Measurement.of(file);
    }

    @DgsMutation
    List<Measurement> measureAll(@InputArgument List<Upload> files) {
        return Measurement.ofAll(files);
    }

    private static DataLoader<String, Shelf> shelves(DgsDataFetchingEnvironment environment) {
        return environment.getDataLoader("shelves");
    }
}
