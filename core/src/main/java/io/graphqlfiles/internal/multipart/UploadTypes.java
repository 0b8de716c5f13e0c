package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.internal.multipart.MultipartRefusals.badRequest;
import static io.graphqlfiles.internal.multipart.MultipartRefusals.quote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import graphql.language.Document;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.ScalarInfo;
import io.graphqlfiles.internal.multipart.UploadMap.Mapping;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the places that the map of a multipart request names take an {@code Upload}. A file for any other place would
 * reach the application as the text of its handle; so such a request is refused before it is executed.
 *
 * <p>What cannot be known here is left to the engine: the places of a request without a document are checked by
 * {@link ExecutionUploads}, and a document that is not valid is refused.
 *
 * <p>Thread-safe.
 */
public final class UploadTypes {

    /** The first is made with the first request: an application's start needs none. */
    private static final class Tokens {
        static final JsonFactory JSON = new JsonFactory();
    }

    /** Applications have few documents with files, and send them again and again. */
    private static final int MAX_KNOWN = 200;

    private static final int MAX_KNOWN_LENGTH = 8 * 1024;

    /** More than any application has at once; one that reloads its schema must not gather them. */
    private static final int MAX_SCHEMAS = 16;

    private final Map<Operation, Map<String, Type<?>>> known = new ConcurrentHashMap<>();
    /** The newest first. */
    private volatile List<GraphQLSchema> schemas = List.of();

    /** Whether no schema was dropped: one that is not known any more may still be executed. */
    private volatile boolean isComplete = true;

    /** Adds a schema that requests may be executed upon from now on. */
    public synchronized void add(GraphQLSchema schema) {
        isComplete &= schemas.size() < MAX_SCHEMAS;
        schemas = Stream.concat(Stream.of(schema), schemas.stream())
                .limit(MAX_SCHEMAS)
                .toList();
    }

    /** A GraphQL request as far as it matters here. */
    private record Operation(
            @Nullable String query, @Nullable String name) {}

    /**
     * Checks all places. Which of several schemas a request is for, only its engine knows: it is refused if none of
     * them takes it, and nothing is known if they do not agree.
     *
     * @param operations well-formed JSON
     * @return whether all of them are known to take an upload
     * @throws io.graphqlfiles.server.MultipartRequestException if one of them takes no upload
     */
    boolean check(String operations, List<Mapping> mappings) {
        List<Operation> found = read(operations);
        boolean isBatch = operations.stripLeading().startsWith("[");
        List<Function<String, @Nullable GraphQLType>> types = types();
        boolean allKnown = true;
        for (Mapping mapping : mappings) {
            String[] segments = mapping.path().split("\\.", -1);
            // In a batch the index of the operation stands before "variables".
            int variable = isBatch ? 2 : 1;
            Map<String, Type<?>> variables = variables(found.get(isBatch ? Integer.parseInt(segments[0]) : 0));
            if (variables == null) {
                allKnown = false;
                continue;
            }
            Type<?> declared = variables.get(segments[variable]);
            if (declared == null) {
                throw badRequest("Expected the operation to declare the variable of " + quote(mapping.path())
                        + ", which \"map\" names, found none of that name");
            }
            allKnown &=
                    isKnown(mapping.path(), List.of(segments).subList(variable + 1, segments.length), declared, types);
        }
        return allKnown;
    }

    private boolean isKnown(
            String path, List<String> segments, Type<?> declared, List<Function<String, @Nullable GraphQLType>> types) {
        Set<String> names = new LinkedHashSet<>();
        for (Function<String, @Nullable GraphQLType> each : types) {
            GraphQLType given = typeOf(declared, each);
            for (int i = 0; given != null && i < segments.size(); i++) {
                given = inside(given, segments.get(i));
            }
            if (given != null) { // else the document is not valid in that schema
                names.add(GraphQLTypeUtil.unwrapAll(given).getName());
            }
        }
        if (!names.isEmpty() && !names.contains(FileTypeNames.UPLOAD) && isComplete) {
            throw badRequest("Expected the type Upload in \"operations\" at " + quote(path)
                    + ", which \"map\" names, found " + names.iterator().next());
        }
        return names.size() == 1 && names.contains(FileTypeNames.UPLOAD);
    }

    /** The types by name, of each schema. */
    private List<Function<String, @Nullable GraphQLType>> types() {
        List<Function<String, @Nullable GraphQLType>> types = new ArrayList<>();
        schemas.forEach(schema -> types.add(schema::getType));
        return types.isEmpty() ? List.of(UploadTypes::ofTheLanguage) : types;
    }

    /** The type of an element or a field; the type itself where it has neither, as a scalar. */
    private static @Nullable GraphQLType inside(GraphQLType type, String segment) {
        GraphQLType nullable = GraphQLTypeUtil.unwrapNonNull(type);
        if (GraphQLTypeUtil.isList(nullable)) {
            GraphQLType element = GraphQLTypeUtil.unwrapOne(nullable);
            // One element may stand for a list; names of fields do not begin with a digit.
            return Character.isDigit(segment.isEmpty() ? '_' : segment.charAt(0)) ? element : inside(element, segment);
        }
        if (nullable instanceof GraphQLInputObjectType input) {
            GraphQLInputObjectField field = input.getFieldDefinition(segment);
            return field == null ? null : field.getType();
        }
        return nullable;
    }

    /** Null if there is no such type. */
    private static @Nullable GraphQLType typeOf(Type<?> type, Function<String, @Nullable GraphQLType> named) {
        if (type instanceof NonNullType nonNull) {
            return typeOf(nonNull.getType(), named); // also where it may not be null, null is what stands there
        }
        if (type instanceof ListType list) {
            GraphQLType element = typeOf(list.getType(), named);
            return element == null ? null : GraphQLList.list(element);
        }
        return named.apply(((TypeName) type).getName());
    }

    /** Without a schema only the scalars of the language itself are known. */
    private static @Nullable GraphQLType ofTheLanguage(String name) {
        return ScalarInfo.GRAPHQL_SPECIFICATION_SCALARS.stream()
                .filter(scalar -> scalar.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Null if they cannot be known. */
    private @Nullable Map<String, Type<?>> variables(Operation operation) {
        String query = operation.query();
        if (query == null) {
            return null;
        }
        Map<String, Type<?>> variables = known.get(operation);
        if (variables == null) {
            variables = parse(query, operation.name());
            if (variables != null && query.length() <= MAX_KNOWN_LENGTH) {
                if (known.size() >= MAX_KNOWN) {
                    known.clear();
                }
                known.put(operation, variables);
            }
        }
        return variables;
    }

    private static @Nullable Map<String, Type<?>> parse(String query, @Nullable String name) {
        List<OperationDefinition> operations;
        try {
            Document document = new Parser().parseDocument(query);
            operations = document.getDefinitionsOfType(OperationDefinition.class);
        } catch (InvalidSyntaxException e) {
            return null;
        }
        List<OperationDefinition> chosen = name == null || name.isEmpty()
                ? operations
                : operations.stream()
                        .filter(each -> name.equals(each.getName()))
                        .toList();
        if (chosen.size() != 1) {
            return null;
        }
        Map<String, Type<?>> variables = new HashMap<>();
        for (VariableDefinition variable : chosen.get(0).getVariableDefinitions()) {
            variables.put(variable.getName(), variable.getType());
        }
        return variables;
    }

    private static List<Operation> read(String text) {
        List<Operation> operations = new ArrayList<>();
        try (JsonParser json = Tokens.JSON.createParser(text)) {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    operations.add(operation(json));
                }
            } else {
                operations.add(operation(json));
            }
            return operations;
        } catch (IOException e) {
            throw new IllegalStateException(e); // it was read before
        }
    }

    private static Operation operation(JsonParser json) throws IOException {
        String query = null;
        String name = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return new Operation(null, null);
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            boolean isText = json.nextToken() == JsonToken.VALUE_STRING;
            if (isText && field.equals("query")) {
                query = json.getText();
            } else if (isText && field.equals("operationName")) {
                name = json.getText();
            } else {
                json.skipChildren();
            }
        }
        return new Operation(query, name);
    }
}
