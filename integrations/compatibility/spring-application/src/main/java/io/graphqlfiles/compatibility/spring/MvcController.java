package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.Upload;
import io.graphqlfiles.compatibility.Document;
import io.graphqlfiles.compatibility.DocumentInput;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.Measurement;
import io.graphqlfiles.compatibility.Shelf;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The mutations, as one writes them for Spring MVC: blocking, with thread-locals. */
@Controller
class MvcController {

    private final Documents documents;

    MvcController(Documents documents) {
        this.documents = documents;
    }

    @MutationMapping
    CompletableFuture<Document> addDocument(
            @Argument DocumentInput document, Locale locale, DataLoader<String, Shelf> shelves) {
        String user = SecurityContextHolder.getContext().getAuthentication().getName();
        ServletRequestAttributes request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        Document added = document.toDocument(
                user.equals("anonymousUser") ? null : user,
                locale.toLanguageTag(),
                request.getRequest().getHeader("X-Request-Id"));
        return shelves.load(document.shelf()).thenApply(shelf -> documents.add(added));
    }

    @MutationMapping
    Document failToAddDocument(@Argument DocumentInput document) {
        return documents.failToAdd();
    }

    @MutationMapping
    Measurement measure(@Argument Upload file) {
        return Measurement.of(file);
    }

    @MutationMapping
    List<Measurement> measureAll(@Argument List<Upload> files) {
        return Measurement.ofAll(files);
    }
}
