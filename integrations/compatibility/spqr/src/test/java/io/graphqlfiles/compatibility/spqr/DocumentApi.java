package io.graphqlfiles.compatibility.spqr;

import graphql.GraphQLContext;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.Upload;
import io.graphqlfiles.compatibility.Document;
import io.graphqlfiles.compatibility.DocumentInput;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.Measurement;
import io.graphqlfiles.compatibility.PlainApplication;
import io.graphqlfiles.compatibility.Shelf;
import io.leangen.graphql.annotations.GraphQLArgument;
import io.leangen.graphql.annotations.GraphQLEnvironment;
import io.leangen.graphql.annotations.GraphQLMutation;
import io.leangen.graphql.annotations.GraphQLQuery;
import io.leangen.graphql.annotations.types.GraphQLType;
import io.leangen.graphql.execution.ResolutionEnvironment;
import io.leangen.graphql.spqr.spring.annotations.GraphQLApi;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.springframework.stereotype.Component;

/** The schema of the contract. */
@Component
@GraphQLApi
public class DocumentApi {

    private final Documents documents = new Documents();

    /** SPQR appends Input to its name. */
    @GraphQLType(name = "Document")
    public record NewDocument(String title, String shelf, StoredFile content, List<StoredFile> pages) {

        DocumentInput toInput() {
            return new DocumentInput(title, shelf == null ? "new" : shelf, content, pages);
        }
    }

    @GraphQLQuery
    public List<Document> documents() {
        return documents.all();
    }

    @GraphQLMutation
    public CompletableFuture<Document> addDocument(
            @GraphQLArgument(name = "document") NewDocument document,
            @GraphQLEnvironment ResolutionEnvironment environment) {
        DocumentInput input = document.toInput();
        GraphQLContext context = environment.dataFetchingEnvironment.getGraphQlContext();
        Document added = input.toDocument(
                context.get(PlainApplication.USER_KEY),
                environment.dataFetchingEnvironment.getLocale().toLanguageTag(),
                context.get(PlainApplication.REQUEST_ID_KEY));
        return shelves(environment).load(input.shelf()).thenApply(shelf -> documents.add(added));
    }

    @GraphQLMutation
    public Document failToAddDocument(@GraphQLArgument(name = "document") NewDocument document) {
        return documents.failToAdd();
    }

    @GraphQLMutation
    public Measurement measure(@GraphQLArgument(name = "file") Upload file) {
        return Measurement.of(file);
    }

    @GraphQLMutation
    public List<Measurement> measureAll(@GraphQLArgument(name = "files") List<Upload> files) {
        return Measurement.ofAll(files);
    }

    @GraphQLQuery
    public CompletableFuture<Shelf> shelf(
            @io.leangen.graphql.annotations.GraphQLContext Document document,
            @GraphQLEnvironment ResolutionEnvironment environment) {
        return shelves(environment).load(document.shelfName());
    }

    private static DataLoader<String, Shelf> shelves(ResolutionEnvironment environment) {
        return environment.dataFetchingEnvironment.getDataLoader("shelves");
    }
}
