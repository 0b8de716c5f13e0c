package io.graphqlfiles.quarkus;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method of the application by SmallRye's data fetcher, in the thread that has stored its files. SmallRye would
 * take it to another one, where all such methods of an event loop wait for each other, so that one that reads an upload
 * of a slow client would hold up the rest. In a thread that must not block it does what SmallRye does.
 */
final class ApplicationDataFetcher implements DataFetcher<Object> {

    private final DataFetcher<?> fetcher;

    ApplicationDataFetcher(DataFetcher<?> fetcher) {
        this.fetcher = fetcher;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        FilesInHand files = new FilesInHand();
        DataFetchingEnvironment adapted = ApplicationEnvironment.of(environment, new InputObjects(files));
        return files.isEmpty() ? fetcher.get(adapted) : files.during(() -> fetcher.get(adapted));
    }
}
