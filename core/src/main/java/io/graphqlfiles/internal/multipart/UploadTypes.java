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
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.ScalarInfo;
import io.graphqlfiles.internal.multipart.UploadMap.Mapping;
import io.graphqlfiles.internal.types.FileTypeNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the places that the map of a multipart request names take an {@code Upload}. A file for any other place would
 * reach the application as the text of its handle; so such a request is refused before it is executed.
 *
 * <p>What cannot be told here is left to the engine: the places of a request without a document are checked by
 * {@link GivenUploads}, and a document that is not valid is refused.
 *
 * <p>Thread-safe.
 */
public final class UploadTypes {

    private static final JsonFactory JSON = new JsonFactory();
    /** Applications have few documents with files, and send them again and again. */
    private static final int MAX_KNOWN = 200;

    private static final int MAX_KNOWN_LENGTH = 8 * 1024;

    private final Map<Operation, Map<String, Type<?>>> known = new ConcurrentHashMap<>();
    private volatile @Nullable GraphQLSchema schema;

    /** The schema that requests are executed upon from now on. */
    public void schema(GraphQLSchema schema) {
        this.schema = schema;
    }

    /** A GraphQL request as far as it matters here. */
    private record Operation(
            @Nullable String query, @Nullable String name) {}

    /**
     * Checks all places.
     *
     * @param operations well-formed JSON
     * @return whether all of them are known to take an upload
     * @throws io.graphqlfiles.server.MultipartRequestException if one of them takes no upload
     */
    boolean check(String operations, List<Mapping> mappings) {
        List<Operation> found = read(operations);
        boolean isBatch = operations.stripLeading().startsWith("[");
        boolean allKnown = true;
        for (Mapping mapping : mappings) {
            String[] segments = mapping.path().split("\\.", -1);
            // In a batch the index of the operation stands before "variables".
            int variable = isBatch ? 2 : 1;
            Map<String, Type<?>> variables = variables(found.get(isBatch ? Integer.parseInt(segments[0]) : 0));
            allKnown &=
                    variables != null && isKnown(mapping.path(), segments, variable, variables.get(segments[variable]));
        }
        return allKnown;
    }

    private boolean isKnown(String path, String[] segments, int variable, @Nullable Type<?> type) {
        if (type == null) {
            throw badRequest("Expected the operation to declare the variable of " + quote(path)
                    + ", which \"map\" names, found none of that name");
        }
        GraphQLType given = typeOf(type);
        for (int i = variable + 1; given != null && i < segments.length; i++) {
            given = inside(given, segments[i]);
        }
        if (given == null) {
            return false; // no such type: the document is not valid
        }
        GraphQLNamedType named = GraphQLTypeUtil.unwrapAll(given);
        if (!named.getName().equals(FileTypeNames.UPLOAD)) {
            throw badRequest("Expected the type Upload in \"operations\" at " + quote(path)
                    + ", which \"map\" names, found " + named.getName());
        }
        return true;
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
    private @Nullable GraphQLType typeOf(Type<?> type) {
        if (type instanceof NonNullType nonNull) {
            return typeOf(nonNull.getType()); // also where it may not be null, null is what stands there
        }
        if (type instanceof ListType list) {
            GraphQLType element = typeOf(list.getType());
            return element == null ? null : GraphQLList.list(element);
        }
        String name = ((TypeName) type).getName();
        GraphQLSchema current = schema;
        return current == null ? ofTheLanguage(name) : current.getType(name);
    }

    /** Without a schema only the scalars of the language itself are known. */
    private static @Nullable GraphQLType ofTheLanguage(String name) {
        return ScalarInfo.GRAPHQL_SPECIFICATION_SCALARS.stream()
                .filter(scalar -> scalar.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Null if they cannot be told. */
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
        try (JsonParser json = JSON.createParser(text)) {
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
