package io.graphqlfiles.compatibility.spring;

import io.graphqlfiles.Upload;
import io.graphqlfiles.compatibility.Document;
import io.graphqlfiles.compatibility.DocumentInput;
import io.graphqlfiles.compatibility.Documents;
import io.graphqlfiles.compatibility.Measurement;
import io.graphqlfiles.compatibility.Shelf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dataloader.DataLoader;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The mutations, as one writes them for WebFlux: reactive, with Reactor's context. */
@Controller
class WebFluxController {

    private final Documents documents;

    WebFluxController(Documents documents) {
        this.documents = documents;
    }

    @MutationMapping
    Mono<Document> addDocument(@Argument DocumentInput document, Locale locale, DataLoader<String, Shelf> shelves) {
        Mono<Optional<String>> user = ReactiveSecurityContextHolder.getContext()
                .map(security -> Optional.of(security.getAuthentication().getName()))
                .defaultIfEmpty(Optional.empty());
        Mono<Shelf> shelf = Mono.fromFuture(shelves.load(document.shelf()));
        return user.flatMap(name -> Mono.deferContextual(context -> {
            ServerWebExchange exchange =
                    ServerWebExchangeContextFilter.getExchange(context).orElseThrow();
            Document added = document.toDocument(
                    name.orElse(null),
                    locale.toLanguageTag(),
                    exchange.getRequest().getHeaders().getFirst("X-Request-Id"));
            return shelf.map(found -> documents.add(added));
        }));
    }

    @MutationMapping
    Mono<Document> failToAddDocument(@Argument DocumentInput document) {
        return Mono.fromCallable(documents::failToAdd);
    }

    /** An upload is read by the application here, in a thread that may block. */
    @MutationMapping
    Mono<Measurement> measure(@Argument Upload file) {
        return Mono.fromCallable(() -> Measurement.of(file)).subscribeOn(Schedulers.boundedElastic());
    }

    @MutationMapping
    Mono<List<Measurement>> measureAll(@Argument List<Upload> files) {
        return Mono.fromCallable(() -> Measurement.ofAll(files)).subscribeOn(Schedulers.boundedElastic());
    }
}
