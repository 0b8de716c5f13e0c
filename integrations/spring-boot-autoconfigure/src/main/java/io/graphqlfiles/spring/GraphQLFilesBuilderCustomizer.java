package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;

/**
 * Has the last word on how {@link GraphQLFiles} is built from the properties and beans. Beans of this type are called
 * in their order ({@link org.springframework.core.annotation.Order}) when the context starts.
 */
@FunctionalInterface
public interface GraphQLFilesBuilderCustomizer {

    /** Changes what the properties and beans have set. */
    void customize(GraphQLFiles.Builder builder);
}
