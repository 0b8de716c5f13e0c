package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.compatibility.Document;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.Shelf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** The queries. */
@Controller
class ShelfController {

    private final Documents documents;

    ShelfController(Documents documents) {
        this.documents = documents;
    }

    @QueryMapping
    List<Document> documents() {
        return documents.all();
    }

    @SchemaMapping(typeName = "Document")
    CompletableFuture<Shelf> shelf(Document document, DataLoader<String, Shelf> shelves) {
        return shelves.load(document.shelfName());
    }
}
