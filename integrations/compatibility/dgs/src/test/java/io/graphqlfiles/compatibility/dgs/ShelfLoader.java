package io.graphqlfiles.compatibility.dgs;

import com.netflix.graphql.dgs.DgsDataLoader;
import io.graphqlfiles.compatibility.Shelf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.dataloader.BatchLoader;

@DgsDataLoader(name = "shelves")
class ShelfLoader implements BatchLoader<String, Shelf> {

    @Override
    public CompletionStage<List<Shelf>> load(List<String> names) {
        return CompletableFuture.completedFuture(Shelf.load(names));
    }
}
