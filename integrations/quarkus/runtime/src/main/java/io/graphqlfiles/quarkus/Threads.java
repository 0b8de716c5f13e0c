package io.graphqlfiles.quarkus;

import io.graphqlfiles.vertx.BlockingWork;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Threads that wait for clients and stores. */
@Singleton
class Threads {

    private final BlockingWork receiving;
    private final BlockingWork working;
    private final BlockingWork sending;

    Threads(Vertx vertx, FilesConfig config) {
        receiving = work(vertx, "graphql-files", config.work());
        working = work(vertx, "graphql-files-working", config.work());
        sending = work(vertx, "graphql-files-sending", config.work());
    }

    private static BlockingWork work(Vertx vertx, String name, FilesConfig.Work config) {
        return BlockingWork.create(vertx, name, config.threads(), config.maxWaiting());
    }

    /** Where clients are waited for. */
    BlockingWork receiving() {
        return receiving;
    }

    /** Where only stores and the application are: clients that are slow to send keep nobody from it. */
    BlockingWork working() {
        return working;
    }

    /** Where files are read from stores for clients: those that send slowly keep nobody from it. */
    BlockingWork sending() {
        return sending;
    }

    @PreDestroy
    void close() {
        receiving.close();
        working.close();
        sending.close();
    }
}
