package io.graphqlfiles;

import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;

/** Placeholder. */
final class UploadScalar {

    private UploadScalar() {}

    static GraphQLScalarType create() {
        return GraphQLScalarType.newScalar()
                .name(FileTypeNames.UPLOAD)
                .coercing(new Coercing<Object, Object>() {})
                .build();
    }
}
