package io.graphqlfiles.example;

import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLTypeUtil;
import io.graphqlfiles.FileField;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.Visibility;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the private files of a product to its owner only; to everyone else the product has none. */
final class PrivateFiles extends SimplePerformantInstrumentation {

    private final GraphQLFiles files;
    private final Owners owners;

    PrivateFiles(GraphQLFiles files, Owners owners) {
        this.files = files;
        this.owners = owners;
    }

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> dataFetcher,
            InstrumentationFieldFetchParameters parameters,
            @Nullable InstrumentationState state) {
        DataFetchingEnvironment environment = parameters.getEnvironment();
        if (!(environment.getSource() instanceof Product product)
                || !isPrivate("Product." + environment.getField().getName())
                || owners.mayChange(product.id())) {
            return dataFetcher;
        }
        boolean isList = GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(environment.getFieldType()));
        return hidden -> isList ? List.of() : null;
    }

    private boolean isPrivate(String coordinate) {
        return files.fields().stream()
                .filter(field -> field.coordinate().equals(coordinate))
                .map(FileField::visibility)
                .anyMatch(Visibility.PRIVATE::equals);
    }
}
