package io.graphqlfiles.internal.types;

import static java.nio.charset.StandardCharsets.UTF_8;

import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SDLNamedDefinition;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SDL of the library, as text and as an addition to an application's own. */
final class TypeDefinitions {

    private static final String TYPES = resource("files.graphqls");
    private static final String OPERATION_TYPES = resource("operations.graphqls");
    private static final String ATTACHMENT_TYPES = resource("attachments.graphqls");
    private static final List<String> MUTATIONS = List.of("""
              "Requests permission to upload a file directly to the store."
              startFileUpload(input: StartFileUploadInput!): FileUpload""", """
              "Assembles the uploaded parts into one file. Using the token does so too; this reports missing parts earlier."
              completeFileUpload(token: String!): FileUpload""", """
              "Aborts a direct upload and deletes what was received."
              abortFileUpload(token: String!): Boolean""");
    private static final List<String> QUERIES = List.of("""
              "A direct upload in progress: what was received, fresh requests for the rest, and a new token. Available until 24 hours after its start, even if the given token has expired."
              fileUpload(token: String!): FileUpload""", """
              "The URL of the file with this id; null if there is none."
              urlForFile(id: ID!, download: Boolean = false): FileUrl""", """
              "The fields that accept files, with their rules."
              fileFields: [FileField!]!""");

    private TypeDefinitions() {}

    /** Everything, for schemas with the usual names {@code Query} and {@code Mutation}. */
    static String text(boolean withOperations, boolean withAttachments) {
        String types = withAttachments ? TYPES + "\n" + ATTACHMENT_TYPES : TYPES;
        if (!withOperations) {
            return types;
        }
        return types + "\n" + OPERATION_TYPES + "\n" + extension("Mutation", MUTATIONS) + "\n"
                + extension("Query", QUERIES);
    }

    /** Adds what the registry does not declare yet, and returns it. */
    static TypeDefinitionRegistry addTo(
            TypeDefinitionRegistry registry, boolean withOperations, boolean withAttachments) {
        addMissing(registry, TYPES);
        if (withAttachments) {
            // Together with what it refers to, which is there by now.
            addMissing(registry, ATTACHMENT_TYPES);
        }
        if (withOperations) {
            addMissing(registry, OPERATION_TYPES);
            addOperations(registry, "query", "Query", QUERIES);
            addOperations(registry, "mutation", "Mutation", MUTATIONS);
        }
        return registry;
    }

    private static void addMissing(TypeDefinitionRegistry registry, String sdl) {
        TypeDefinitionRegistry ours = new SchemaParser().parse(sdl);
        FederationLink federation = FederationLink.find(registry);
        List<SDLDefinition<?>> missing = new ArrayList<>();
        ours.types().values().stream()
                .filter(type -> !isDeclared(registry, type))
                .map(type -> federation != null && type instanceof ObjectTypeDefinition object
                        ? federation.share(object)
                        : type)
                .forEach(missing::add);
        ours.scalars().values().stream()
                .filter(scalar -> !registry.scalars().containsKey(scalar.getName()))
                .forEach(missing::add);
        ours.getDirectiveDefinitions().values().stream()
                .filter(directive ->
                        registry.getDirectiveDefinition(directive.getName()).isEmpty())
                .forEach(missing::add);
        missing.forEach(definition -> registry.add(definition).ifPresent(error -> {
            throw new IllegalStateException(error.getMessage());
        }));
    }

    private static boolean isDeclared(TypeDefinitionRegistry registry, SDLNamedDefinition<?> type) {
        return registry.types().containsKey(type.getName())
                || registry.scalars().containsKey(type.getName());
    }

    private static void addOperations(
            TypeDefinitionRegistry registry, String operation, String usualName, List<String> fields) {
        String rootName = rootName(registry, operation, usualName);
        // A type that merely bears the usual name must not become a root: all its fields would be open to clients.
        String freeName = registry.types().containsKey(usualName) ? "File" + usualName : usualName;
        String typeName = rootName != null ? rootName : freeName;
        List<String> missing = fields.stream()
                .filter(field -> !hasField(registry, typeName, fieldName(field)))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder sdl = new StringBuilder();
        if (registry.types().containsKey(typeName)) {
            sdl.append(extension(typeName, missing));
        } else {
            sdl.append(extension(typeName, missing).substring("extend ".length()));
        }
        if (rootName == null && registry.schemaDefinition().isPresent()) {
            sdl.append("extend schema { ")
                    .append(operation)
                    .append(": ")
                    .append(typeName)
                    .append(" }\n");
        }
        registry.merge(new SchemaParser().parse(sdl.toString()));
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

    private static String fieldName(String definition) {
        String line = definition.lines().skip(1).findFirst().orElseThrow().strip();
        return line.split("[(:]", 2)[0];
    }

    private static String extension(String typeName, List<String> fields) {
        return "extend type " + typeName + " {\n" + String.join("\n", fields) + "\n}\n";
    }

    private static String resource(String name) {
        try (InputStream in = TypeDefinitions.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": missing on the class path next to " + TypeDefinitions.class);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
