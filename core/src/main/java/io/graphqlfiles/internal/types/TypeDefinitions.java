package io.graphqlfiles.internal.types;

import graphql.GraphQLError;
import graphql.language.DirectiveDefinition;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ObjectTypeExtensionDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SDLNamedDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaExtensionDefinition;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SDL of the library, as text and as an addition to an application's own. */
final class TypeDefinitions {

    private static final String TYPES = SdlFiles.read(SdlFiles.FILES);
    private static final String ATTACHMENT_TYPES = SdlFiles.read(SdlFiles.ATTACHMENTS);
    private static final String REVIEW = SdlFiles.read(SdlFiles.REVIEW);
    private static final String ALWAYS_A_URL = "url(download: Boolean = false): URL!";
    private static final String PERHAPS_A_URL = "url(download: Boolean = false): URL";
    private static final String OPERATIONS = SdlFiles.read(SdlFiles.OPERATIONS);

    private TypeDefinitions() {}

    /** Everything, for schemas with the usual names {@code Query} and {@code Mutation}. */
    static String text(boolean withOperations, boolean withAttachments, boolean withReviews) {
        return types(withReviews)
                + (withAttachments ? "\n" + ATTACHMENT_TYPES : "")
                + (withOperations ? "\n" + OPERATIONS : "");
    }

    /** The types that every schema gets. Files that wait for a decision have no URL. */
    private static String types(boolean withReviews) {
        return withReviews ? TYPES.replace(ALWAYS_A_URL, PERHAPS_A_URL) + "\n" + REVIEW : TYPES;
    }

    /** Adds what the registry does not declare yet, and returns it. */
    static TypeDefinitionRegistry addTo(
            TypeDefinitionRegistry registry, boolean withOperations, boolean withAttachments, boolean withReviews) {
        addMissing(registry, types(withReviews || ReviewDirectives.areIn(registry)));
        if (withAttachments) {
            // Together with what it refers to, which is there by now.
            addMissing(registry, ATTACHMENT_TYPES);
        }
        if (withOperations) {
            addMissing(registry, OPERATIONS);
            addOperations(registry, "query", "Query");
            addOperations(registry, "mutation", "Mutation");
        }
        return registry;
    }

    private static void addMissing(TypeDefinitionRegistry registry, String sdl) {
        TypeDefinitionRegistry ours = parse(sdl);
        FederationLink federation = FederationLink.find(registry);
        List<SDLDefinition<?>> missing = new ArrayList<>();
        for (TypeDefinition<?> type : ours.types().values()) {
            if (!isDeclared(registry, type)) {
                missing.add(
                        federation != null && type instanceof ObjectTypeDefinition object
                                ? federation.share(object)
                                : type);
            }
        }
        for (ScalarTypeDefinition scalar : ours.scalars().values()) {
            if (!registry.scalars().containsKey(scalar.getName())) {
                missing.add(scalar);
            }
        }
        for (DirectiveDefinition directive : ours.getDirectiveDefinitions().values()) {
            if (registry.getDirectiveDefinition(directive.getName()).isEmpty()) {
                missing.add(directive);
            }
        }
        for (SDLDefinition<?> definition : missing) {
            add(registry, definition);
        }
    }

    /** With the fields of extensions in the types themselves; root types are the application's, and stay extended. */
    static TypeDefinitionRegistry parse(String sdl) {
        TypeDefinitionRegistry parsed = new SchemaParser().parse(sdl);
        for (String name : List.copyOf(parsed.objectTypeExtensions().keySet())) {
            if (parsed.types().get(name) instanceof ObjectTypeDefinition type) {
                List<FieldDefinition> fields = new ArrayList<>(type.getFieldDefinitions());
                for (ObjectTypeExtensionDefinition extension :
                        parsed.objectTypeExtensions().getOrDefault(name, List.of())) {
                    fields.addAll(extension.getFieldDefinitions());
                }
                parsed.remove(type);
                add(parsed, type.transform(builder -> builder.fieldDefinitions(fields)));
            }
        }
        return parsed;
    }

    private static boolean isDeclared(TypeDefinitionRegistry registry, SDLNamedDefinition<?> type) {
        return registry.types().containsKey(type.getName())
                || registry.scalars().containsKey(type.getName());
    }

    private static void addOperations(TypeDefinitionRegistry registry, String operation, String usualName) {
        String rootName = rootName(registry, operation, usualName);
        // A type that merely bears the usual name must not become a root: all its fields would be open to clients.
        String freeName = registry.types().containsKey(usualName) ? "File" + usualName : usualName;
        String typeName = rootName != null ? rootName : freeName;
        List<FieldDefinition> missing = operations(usualName)
                .filter(field -> !hasField(registry, typeName, field.getName()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        add(
                registry,
                registry.types().containsKey(typeName)
                        ? ObjectTypeExtensionDefinition.newObjectTypeExtensionDefinition()
                                .name(typeName)
                                .fieldDefinitions(missing)
                                .build()
                        : ObjectTypeDefinition.newObjectTypeDefinition()
                                .name(typeName)
                                .fieldDefinitions(missing)
                                .build());
        if (rootName == null && registry.schemaDefinition().isPresent()) {
            add(
                    registry,
                    SchemaExtensionDefinition.newSchemaExtensionDefinition()
                            .operationTypeDefinition(new OperationTypeDefinition(operation, new TypeName(typeName)))
                            .build());
        }
    }

    /** The fields that the library adds to a root type of this usual name. */
    private static Stream<FieldDefinition> operations(String usualName) {
        return new SchemaParser()
                .parse(OPERATIONS).objectTypeExtensions().getOrDefault(usualName, List.of()).stream()
                        .flatMap(extension -> extension.getFieldDefinitions().stream());
    }

    private static void add(TypeDefinitionRegistry registry, SDLDefinition<?> definition) {
        GraphQLError error = registry.add(definition).orElse(null);
        if (error != null) {
            throw new IllegalStateException(error.getMessage());
        }
    }

    /**
     * Name of the root type as the application declares it; null if it declares none by an explicit schema definition.
     */
    private static @Nullable String rootName(TypeDefinitionRegistry registry, String operation, String usualName) {
        if (registry.schemaDefinition().isEmpty()) {
            return usualName;
        }
        List<OperationTypeDefinition> roots =
                new ArrayList<>(registry.schemaDefinition().get().getOperationTypeDefinitions());
        registry.getSchemaExtensionDefinitions()
                .forEach(extension -> roots.addAll(extension.getOperationTypeDefinitions()));
        return roots.stream()
                .filter(root -> root.getName().equals(operation))
                .map(root -> root.getTypeName().getName())
                .findFirst()
                .orElse(null);
    }

    private static boolean hasField(TypeDefinitionRegistry registry, String typeName, String field) {
        List<FieldDefinition> declared = new ArrayList<>();
        if (registry.types().get(typeName) instanceof ObjectTypeDefinition type) {
            declared.addAll(type.getFieldDefinitions());
        }
        registry.objectTypeExtensions()
                .getOrDefault(typeName, List.of())
                .forEach(extension -> declared.addAll(extension.getFieldDefinitions()));
        return declared.stream().anyMatch(definition -> definition.getName().equals(field));
    }
}
