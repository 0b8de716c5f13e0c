package io.graphqlfiles.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects as maps: of strings, {@link Long}s, {@link Boolean}s, nulls, and lists and maps of these. Needs no more
 * of Jackson than its tokens, so that an application may have whichever version it likes for its own objects.
 */
public final class JsonText {

    /** Those of the largest long. */
    private static final int MOST_DIGITS = 19;

    /** The first is made with the first text: an application's start needs none. */
    private static final class Tokens {
        static final JsonFactory JSON = new JsonFactory();
    }

    private JsonText() {}

    /**
     * Writes an object on one line, its members in their order.
     *
     * @throws IllegalArgumentException if a value is of another kind
     */
    public static String write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Tokens.JSON.createGenerator(text)) {
            writeValue(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is only memory below
        }
        return text.toString();
    }

    private static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String string) {
            json.writeString(string);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            writeNumber(json, new BigDecimal(number.toString()).stripTrailingZeros());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                json.writeFieldName((String) member.getKey());
                writeValue(json, member.getValue());
            }
            json.writeEndObject();
        } else {
            throw new IllegalArgumentException(
                    "expected JSON values, found a " + value.getClass().getName());
        }
    }

    /** Some libraries and drivers have one type for all numbers. A whole one is written without a point or exponent. */
    private static void writeNumber(JsonGenerator json, BigDecimal number) throws IOException {
        // Written out, a number of a few characters may have a billion digits.
        if (number.scale() <= 0 && number.precision() - (long) number.scale() <= MOST_DIGITS) {
            json.writeNumber(number.toBigInteger());
        } else {
            json.writeNumber(number);
        }
    }

    /**
     * Reads an object. Whole numbers become {@link Long}s where they fit, other numbers some {@link Number}; of members
     * of the same name the last counts.
     *
     * @return to be changed at will
     * @throws IOException if the text is no JSON object, or has more behind it; quotes nothing of it
     */
    public static Map<String, @Nullable Object> read(String text) throws IOException {
        try (JsonParser json = Tokens.JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(null, "expected a JSON object");
            }
            Map<String, @Nullable Object> object = readObject(json);
            if (json.nextToken() != null) {
                throw new JsonParseException(null, "expected one JSON object, found more behind it");
            }
            return object;
        } catch (JsonParseException e) {
            e.clearLocation();
            throw e;
        }
    }

    private static Map<String, @Nullable Object> readObject(JsonParser json) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            object.put(name, readValue(json));
        }
        return object;
    }

    private static @Nullable Object readValue(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject(json);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(readValue(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT ->
                json.getNumberValue() instanceof Integer small ? (Object) small.longValue() : json.getNumberValue();
            default -> json.getNumberValue();
        };
    }
}
