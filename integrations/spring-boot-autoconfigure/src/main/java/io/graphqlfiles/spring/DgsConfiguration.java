package io.graphqlfiles.spring;

import com.netflix.graphql.dgs.DgsComponent;
import com.netflix.graphql.dgs.DgsRuntimeWiring;
import com.netflix.graphql.dgs.DgsTypeDefinitionRegistry;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.graphqlfiles.engine.GraphQLFiles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Types and scalars for a schema that Netflix DGS builds: it takes them from its own components only. Data fetchers are
 * wrapped as in Spring for GraphQL, which DGS stands upon.
 */
@Configuration(proxyBeanMethods = false)
class DgsConfiguration {

    @Bean
    SchemaComponent graphQLFilesDgsComponent(GraphQLFiles files) {
        return new SchemaComponent(files);
    }

    /** Called by DGS for every schema that it builds, the types first. Public, because DGS calls by reflection. */
    @DgsComponent
    public static final class SchemaComponent {

        private final GraphQLFiles files;
        private SchemaAdditions additions;

        SchemaComponent(GraphQLFiles files) {
            this.files = files;
            this.additions = new SchemaAdditions(files);
        }

        /** Changes the registry that it is given: what must be added depends on what is there. */
        @DgsTypeDefinitionRegistry
        public TypeDefinitionRegistry addTypes(TypeDefinitionRegistry declared) {
            additions = new SchemaAdditions(files);
            additions.addTypes(declared);
            return new TypeDefinitionRegistry();
        }

        /** Adds what the application does not wire itself. */
        @DgsRuntimeWiring
        public RuntimeWiring.Builder addScalars(RuntimeWiring.Builder wiring) {
            additions.addScalars(wiring);
            additions.announceFields(wiring);
            return wiring;
        }
    }
}
