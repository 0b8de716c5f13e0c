package io.graphqlfiles.internal.multipart;

import static io.graphqlfiles.internal.multipart.MultipartRefusals.badRequest;
import static io.graphqlfiles.internal.multipart.MultipartRefusals.quote;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.graphqlfiles.server.MultipartRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code map} of a multipart request: which part goes to which places of {@code operations}.
 *
 * <p>Places are found while {@code operations} is read as a stream of tokens, and handles are put in where the nulls
 * stood. So the rest of the text stays as the client wrote it, numbers of any precision included, and a path is
 * compared, never followed: no path can lead anywhere but to a null that is there.
 */
final class UploadMap {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern BATCH_PATH = Pattern.compile("[0-9]+\\.variables\\.");

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** Deeper than any JSON that the parser reads. */
    private static final int MAX_SEGMENTS = 1000;

    private final List<FilePart> parts = new ArrayList<>();
    private final Place root = new Place("");
    private final List<Place> places = new ArrayList<>();

    /** A segment of a path, with those that go on from it. */
    private static final class Place {
        final String path;
        final Map<String, Place> children = new HashMap<>();

        @Nullable
        FilePart part;

        boolean found;

        Place(String path) {
            this.path = path;
        }
    }

    private UploadMap() {}

    /** Where a null stood in the text, the path that leads there, and the part that goes there. */
    record Mapping(int offset, String path, FilePart part) {}

    /**
     * Reads the map.
     *
     * @throws MultipartRequestException if it is not JSON of the right shape, or maps too many files
     */
    static UploadMap parse(byte[] json, int maxFiles) {
        UploadMap map = new UploadMap();
        Map<String, List<String>> paths = readPaths(text("map", json), maxFiles);
        for (Map.Entry<String, List<String>> entry : paths.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                FilePart part = new FilePart(
                        entry.getKey(), map.parts.size(), entry.getValue().size());
                map.parts.add(part);
                entry.getValue().forEach(path -> map.add(path, part));
            }
        }
        return map;
    }

    /** In the order of the map. */
    List<FilePart> parts() {
        return parts;
    }

    private static Map<String, List<String>> readPaths(String text, int maxFiles) {
        int files = 0;
        Map<String, List<String>> paths = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (name.equals("operations") || name.equals("map")) {
                    throw badRequest("Expected the names of file parts in \"map\", found " + quote(name));
                }
                List<String> ofPart = new ArrayList<>();
                expect(json.nextToken() == JsonToken.START_ARRAY);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    expect(json.currentToken() == JsonToken.VALUE_STRING);
                    files++;
                    if (files > maxFiles) {
                        throw MultipartRefusals.tooLarge("Expected at most " + maxFiles
                                + (maxFiles == 1 ? " file" : " files")
                                + " in a request, found more in \"map\"; a part counts once for each of its paths");
                    }
                    ofPart.add(json.getText());
                }
                paths.put(name, ofPart);
            }
            expect(json.nextToken() == null);
            return paths;
        } catch (IOException e) {
            throw malformed("map", e);
        }
    }

    private static void expect(boolean rightShape) {
        if (!rightShape) {
            throw badRequest(
                    "Expected \"map\" to be a JSON object of arrays of paths, such as {\"0\": [\"variables.file\"]}");
        }
    }

    private void add(String path, FilePart part) {
        Place place = root;
        String[] segments = path.split("\\.", MAX_SEGMENTS + 1);
        if (segments.length > MAX_SEGMENTS) {
            throw badRequest("Expected each path in \"map\" to have at most " + MAX_SEGMENTS + " segments, found "
                    + quote(path));
        }
        for (String segment : segments) {
            place = place.children.computeIfAbsent(segment, s -> new Place(path));
        }
        if (place.part != null) {
            throw badRequest("Expected each path in \"map\" once, found " + quote(path) + " twice");
        }
        place.part = part;
        places.add(place);
    }

    /**
     * Finds the nulls that the paths lead to.
     *
     * @param batches whether an array of operations is good too
     * @return in the order of the text
     * @throws MultipartRequestException if the text is not a JSON object, or a path leads to no null in variables
     */
    List<Mapping> findIn(String operations, boolean batches) {
        List<Mapping> mappings = new ArrayList<>();
        try (JsonParser json = JSON.createParser(operations)) {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY && !batches) {
                throw badRequest(
                        "Expected \"operations\" to be one JSON object, found an array: batching is not supported");
            }
            if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
                throw badRequest("Expected \"operations\" to be a JSON object" + (batches ? " or array" : ""));
            }
            checkPaths(first == JsonToken.START_ARRAY);
            scan(json, root, mappings);
            if (json.nextToken() != null) {
                throw badRequest("Expected \"operations\" to be one JSON "
                        + (first == JsonToken.START_OBJECT ? "object" : "array") + ", found more behind it");
            }
        } catch (IOException e) {
            throw malformed("operations", e);
        }
        checkAllFound();
        return mappings;
    }

    /** A file can only stand in the variables of an operation. */
    private void checkPaths(boolean batch) {
        for (Place place : places) {
            if (batch ? !BATCH_PATH.matcher(place.path).lookingAt() : !place.path.startsWith("variables.")) {
                throw badRequest("Expected each path in \"map\" to begin with "
                        + (batch
                                ? "the index of an operation and \"variables.\", as in \"0.variables.file\""
                                : "\"variables.\"")
                        + ", found " + quote(place.path));
            }
        }
    }

    /** The depth is that of the text, which the JSON parser limits. */
    private void scan(JsonParser json, Place place, List<Mapping> mappings) throws IOException {
        if (place.part != null) {
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                throw badRequest("Expected null in \"operations\" at " + quote(place.path)
                        + ", which \"map\" names, found " + describe(json.currentToken())
                        + ": send null there, and the file in its part");
            }
            place.found = true;
            mappings.add(new Mapping((int) json.currentTokenLocation().getCharOffset(), place.path, place.part));
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                Place child = place.children.get(json.currentName());
                json.nextToken();
                scanOrSkip(json, child, mappings);
            }
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                scanOrSkip(json, place.children.get(Integer.toString(i)), mappings);
            }
        }
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "text";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "a number";
        };
    }

    private void scanOrSkip(JsonParser json, @Nullable Place place, List<Mapping> mappings) throws IOException {
        if (place == null) {
            json.skipChildren();
        } else {
            scan(json, place, mappings);
        }
    }

    private void checkAllFound() {
        for (Place place : places) {
            if (!place.found) {
                throw badRequest("Expected null in \"operations\" at " + quote(place.path)
                        + ", which \"map\" names, found nothing");
            }
        }
    }

    /**
     * Strict UTF-8: on its own the JSON parser would guess among the encodings of Unicode. A byte order mark, which
     * editors of Windows put before what scripts send, is dropped (RFC 8259, section 8.1).
     */
    static String text(String part, byte[] bytes) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw badRequest("Expected \"" + part + "\" to be UTF-8");
        }
    }

    private static MultipartRequestException malformed(String part, IOException e) {
        String where = e instanceof JsonProcessingException json && json.getLocation() != null
                ? " near character " + json.getLocation().getCharOffset()
                : "";
        return badRequest(
                "Expected \"" + part + "\" to be well-formed JSON with each key once, found an error" + where);
    }
}
