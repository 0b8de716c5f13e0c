package io.graphqlfiles.spring;

import graphql.schema.DataFetchingEnvironment;

/** Who may execute a field that takes files; asked before any of them is read. Thread-safe. */
interface FieldGuard {

    /**
     * Returns if nothing is against it.
     *
     * @throws RuntimeException to refuse
     */
    void require(DataFetchingEnvironment environment);
}
