package io.graphqlfiles.internal.types;

import graphql.scalars.datetime.DateTimeScalar;
import graphql.scalars.java.JavaPrimitives;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLType;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The library's types and scalars, for schemas in SDL and in code. */
public final class LibraryTypes {

    private final GraphQLScalarType upload;
    private final List<GraphQLScalarType> scalars;
    private final boolean withOperations;
    private final boolean withAttachments;
    private final boolean withReviews;

    /**
     * The types of one instance.
     *
     * @param upload the scalar {@code Upload}, which knows the requests of the instance
     * @param withOperations whether there are fields for direct uploads and URLs by id
     * @param withAttachments whether lists of attached files can be edited
     * @param withReviews whether rules in code have files reviewed; those in SDL are seen there
     */
    public LibraryTypes(
            GraphQLScalarType upload, boolean withOperations, boolean withAttachments, boolean withReviews) {
        this.upload = upload;
        // Those of ExtendedScalars, but not by its name: that would make all of its scalars, at every start.
        this.scalars = List.of(upload, UrlScalar.create(), JavaPrimitives.GraphQLLong, DateTimeScalar.INSTANCE);
        this.withOperations = withOperations;
        this.withAttachments = withAttachments;
        this.withReviews = withReviews;
    }

    public String text() {
        return TypeDefinitions.text(withOperations, withAttachments, withReviews);
    }

    public TypeDefinitionRegistry addTo(TypeDefinitionRegistry types) {
        return TypeDefinitions.addTo(types, withOperations, withAttachments, withReviews);
    }

    /**
     * Adds the scalars that are not there yet.
     *
     * @throws IllegalArgumentException if there is another {@code Upload}
     */
    public RuntimeWiring.Builder addScalars(RuntimeWiring.Builder wiring) {
        Map<String, GraphQLScalarType> present = wiring.build().getScalars();
        for (GraphQLScalarType scalar : scalars) {
            GraphQLScalarType other = present.get(scalar.getName());
            if (other == null) {
                wiring.scalar(scalar);
            } else if (!other.equals(scalar) && scalar.equals(upload)) {
                throw new IllegalArgumentException(
                        "Upload: expected no other scalar of this name, found one; take it out of the runtime wiring");
            }
        }
        return wiring;
    }

    public Set<GraphQLType> types() {
        return codeFirst().types();
    }

    public List<GraphQLFieldDefinition> queryFields() {
        return codeFirst().fieldsOf("Query");
    }

    public List<GraphQLFieldDefinition> mutationFields() {
        return codeFirst().fieldsOf("Mutation");
    }

    private CodeFirstTypes codeFirst() {
        return new CodeFirstTypes(TypeDefinitions.parse(text()), scalars);
    }
}
