package io.graphqlfiles.compatibility.spring;

import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Albums on both web stacks: the library calls mutations with files where they may block. */
@Controller
class AlbumController {

    private final Albums albums;

    AlbumController(Albums albums) {
        this.albums = albums;
    }

    @QueryMapping
    Mono<List<Album>> albums() {
        return blocking(albums::all);
    }

    @MutationMapping
    Album createAlbum(@Argument String title) {
        return albums.create(title);
    }

    @MutationMapping
    Mono<Album> createAlbumLater(@Argument String title) {
        return blocking(() -> albums.create(title));
    }

    @MutationMapping
    Album setCover(@Argument long id) {
        return albums.find(id);
    }

    @MutationMapping
    Album editPhotos(@Argument long id) {
        return albums.find(id);
    }

    @MutationMapping
    boolean deleteAlbum(@Argument long id) {
        return albums.delete(id);
    }

    private static <T> Mono<T> blocking(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }
}
