package io.graphqlfiles.compatibility.quarkus;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileListener;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Query;

/** What has happened, for tests to ask. */
@GraphQLApi
@Singleton
public class Watch implements FileListener {

    private final AtomicInteger storings = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    /** How many files somebody began to read or to store. */
    @Query
    public int storings() {
        return storings.get();
    }

    /** How many times Quarkus has reported that somebody may not. */
    @Query
    public int refusals() {
        return refusals.get();
    }

    @Override
    public Ending storing(Storing storing, DataFetchingEnvironment environment) {
        storings.incrementAndGet();
        return Ending.NONE;
    }

    void refused(@Observes AuthorizationFailureEvent event) {
        refusals.incrementAndGet();
    }
}
