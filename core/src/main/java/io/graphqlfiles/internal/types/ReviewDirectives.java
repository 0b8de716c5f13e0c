package io.graphqlfiles.internal.types;

import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.List;

/**
 * Finds out, before there is a schema, whether fields have their files reviewed: {@code @file(review: true)}. Loops, as
 * everywhere here: each start would wait for the classes of lambdas.
 */
final class ReviewDirectives {

    private ReviewDirectives() {}

    static boolean areIn(TypeDefinitionRegistry registry) {
        for (TypeDefinition<?> type : registry.types().values()) {
            if (type instanceof ObjectTypeDefinition object && areIn(object)) {
                return true;
            }
        }
        for (List<ObjectTypeExtensionDefinition> extensions :
                registry.objectTypeExtensions().values()) {
            for (ObjectTypeExtensionDefinition extension : extensions) {
                if (areIn(extension)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean areIn(ObjectTypeDefinition type) {
        for (FieldDefinition field : type.getFieldDefinitions()) {
            for (Directive file : field.getDirectives(FileTypeNames.DIRECTIVE)) {
                if (isReview(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isReview(Directive file) {
        Argument review = file.getArgument("review");
        return review != null && review.getValue() instanceof BooleanValue value && value.isValue();
    }
}
