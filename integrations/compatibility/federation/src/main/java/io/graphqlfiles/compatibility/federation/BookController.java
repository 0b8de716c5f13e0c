package io.graphqlfiles.compatibility.federation;

import io.graphqlfiles.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.federation.EntityMapping;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Keeps books in memory. */
@Controller
class BookController {

    private final Map<String, Book> books = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    record Book(String id, String title, @Nullable StoredFile cover) {}

    record BookInput(String title, @Nullable StoredFile cover) {}

    @QueryMapping
    List<Book> books() {
        return List.copyOf(books.values());
    }

    @MutationMapping
    Book createBook(@Argument BookInput book) {
        String id = String.valueOf(ids.incrementAndGet());
        Book created = new Book(id, book.title(), book.cover());
        books.put(id, created);
        return created;
    }

    /** What another subgraph refers to by its key. */
    @EntityMapping
    @Nullable
    Book book(@Argument String id) {
        return books.get(id);
    }
}
