package io.graphqlfiles.compatibility.dgs;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsMutation;
import com.netflix.graphql.dgs.DgsQuery;
import com.netflix.graphql.dgs.InputArgument;
import io.graphqlfiles.compatibility.spring.Album;
import io.graphqlfiles.compatibility.spring.Albums;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@DgsComponent
class AlbumFetchers {

    private final Albums albums;

    AlbumFetchers(Albums albums) {
        this.albums = albums;
    }

    @DgsQuery
    List<Album> albums() {
        return albums.all();
    }

    @DgsMutation
    Album createAlbum(@InputArgument String title) {
        return albums.create(title);
    }

    @DgsMutation
    CompletableFuture<Album> createAlbumLater(@InputArgument String title) {
        return CompletableFuture.supplyAsync(() -> albums.create(title));
    }

    @DgsMutation
    Album setCover(@InputArgument long id) {
        return albums.find(id);
    }

    @DgsMutation
    Album editPhotos(@InputArgument long id) {
        return albums.find(id);
    }

    @DgsMutation
    boolean deleteAlbum(@InputArgument long id) {
        return albums.delete(id);
    }
}
