package io.graphqlfiles.internal.types;

import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.stream.Stream;

/** Finds out, before there is a schema, whether fields have their files reviewed: {@code @file(review: true)}. */
final class ReviewDirectives {

    private ReviewDirectives() {}

    static boolean areIn(TypeDefinitionRegistry registry) {
        Stream<FieldDefinition> declared = registry.types().values().stream()
                .filter(ObjectTypeDefinition.class::isInstance)
                .flatMap(type -> ((ObjectTypeDefinition) type).getFieldDefinitions().stream());
        Stream<FieldDefinition> added = registry.objectTypeExtensions().values().stream()
                .flatMap(extensions -> extensions.stream())
                .flatMap(extension -> extension.getFieldDefinitions().stream());
        return Stream.concat(declared, added)
                .flatMap(field -> field.getDirectives(FileTypeNames.DIRECTIVE).stream())
                .anyMatch(ReviewDirectives::isReview);
    }

    private static boolean isReview(Directive file) {
        Argument review = file.getArgument("review");
        return review != null && review.getValue() instanceof BooleanValue value && value.isValue();
    }
}
