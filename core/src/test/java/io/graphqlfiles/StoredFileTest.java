package io.graphqlfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.FileFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFileTest {

    private static final Instant CREATED = Instant.parse("2026-11-21T10:20:30.123456Z");
    private static final StoredFile PRIVATE = new StoredFile(
            "default",
            "private/abc",
            "r\u00e9sum\u00e9 \"1\".pdf",
            "application/pdf",
            1L << 40,
            CREATED,
            Visibility.PRIVATE,
            null);
    private static final StoredFile PUBLIC = new StoredFile(
            "pictures", "public/abc", "a.png", "image/png", 0, CREATED, Visibility.PUBLIC, "crc32c:e3069283");
    private static final String WRITTEN = """
            {"v":1,"store":"pictures","key":"public/abc","name":"a.png","type":"image/png","size":0,\
            "created":"2026-11-21T10:20:30.123456Z","public":true,"checksum":"crc32c:e3069283"}""";

    @Test
    void json_roundTrip() {
        assertThat(StoredFile.fromJson(PRIVATE.toJson())).isEqualTo(PRIVATE).hasSameHashCodeAs(PRIVATE);
        assertThat(StoredFile.fromJson(PUBLIC.toJson())).isEqualTo(PUBLIC);
        assertThat(PRIVATE.toJson()).doesNotContain("\n");
    }

    @Test
    void json_formOfVersion1_neverChanges() {
        assertThat(PUBLIC.toJson()).isEqualTo(WRITTEN);
        assertThat(StoredFile.fromJson(WRITTEN)).isEqualTo(PUBLIC);
    }

    @Test
    void json_unknownMembers_arePassedOver() {
        assertThat(StoredFile.fromJson(WRITTEN.replace("{\"v\":1", "{\"v\":1,\"later\":{\"a\":[1]}")))
                .isEqualTo(PUBLIC);
    }

    @Test
    void json_withFacts_isOfVersion2_andNeverChanges() {
        StoredFile film = PUBLIC.withFacts(FileFacts.none()
                .withSize(4032, 3024)
                .withDuration(Duration.ofMillis(1500))
                .withPages(3)
                .withPlaceholder("data:,"));
        String written = WRITTEN.replace("\"v\":1", "\"v\":2")
                .replace(
                        "}", ",\"width\":4032,\"height\":3024,\"millis\":1500,\"pages\":3,\"placeholder\":\"data:,\"}");

        assertThat(film.toJson()).isEqualTo(written);
        assertThat(StoredFile.fromJson(written)).isEqualTo(film).isNotEqualTo(PUBLIC);
        assertThat(StoredFile.fromJson(written).facts().height()).isEqualTo(3024);
    }

    /** A release that does not know of it must not read it as one that is ready. */
    @Test
    void json_ofOneThatIsNotReady_isVersionThree() {
        StoredFile file = StoredFile.fromJson(WRITTEN);
        assertThat(file.status()).isEqualTo(StoredFile.Status.READY);
        StoredFile pending = file.withFacts(FileFacts.none().withPages(3)).withStatus(StoredFile.Status.PENDING);

        String written = WRITTEN.replace("\"v\":1", "\"v\":3").replace("}", ",\"status\":\"PENDING\",\"pages\":3}");

        assertThat(pending.toJson()).isEqualTo(written);
        assertThat(StoredFile.fromJson(written)).isEqualTo(pending).isNotEqualTo(file);
        assertThat(pending.withFacts(FileFacts.none()).status()).isEqualTo(StoredFile.Status.PENDING);
        assertThatThrownBy(() -> StoredFile.fromJson(written.replace("PENDING", "FINE")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"status\": expected PENDING or REJECTED");
        assertThatThrownBy(() -> StoredFile.fromJson(WRITTEN.replace("\"v\":1", "\"v\":3")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idOf_storeAndKey_isThatOfTheFile() {
        StoredFile file = StoredFile.fromJson(WRITTEN);

        assertThat(StoredFile.idOf(file.store(), file.key())).isEqualTo(file.id());
        assertThatThrownBy(() -> StoredFile.idOf("default", "../a")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0       | \"width\": expected 1 or more in the JSON form of a StoredFile",
                "9999999999 | \"width\": expected 1 or more in the JSON form of a StoredFile",
                "\"1\" | \"width\": expected 1 or more in the JSON form of a StoredFile",
            })
    void json_garbageInFacts(String width, String message) {
        String garbled = WRITTEN.replace("\"v\":1", "\"v\":2,\"height\":1,\"width\":" + width);

        assertThatThrownBy(() -> StoredFile.fromJson(garbled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v\":1,                 | \"v\":4,          | expected the JSON form of a StoredFile in version 1 to 3, found version 4",
                "\"v\":1,                 | \"x\":1,          | expected the JSON form of a StoredFile in version 1 to 3, found no version",
                "\"v\":1,                 | \"v\":\"1\",      | expected the JSON form of a StoredFile in version 1 to 3, found no version",
                "\"size\":0               | \"size\":\"0\"    | \"size\": expected 0 or more in the JSON form of a StoredFile",
                "\"size\":0               | \"size\":-1       | \"size\": expected 0 or more in the JSON form of a StoredFile",
                "\"size\":0               | \"size\":1.5      | \"size\": expected 0 or more in the JSON form of a StoredFile",
                "\"size\":0               | \"size\":1e30     | \"size\": expected 0 or more in the JSON form of a StoredFile",
                "\"name\":\"a.png\",      | \"b\":1,          | \"name\": expected text in the JSON form of a StoredFile",
                "\"name\":\"a.png\"       | \"name\":null     | \"name\": expected text in the JSON form of a StoredFile",
                "\"type\":\"image/png\"   | \"type\":{}       | \"type\": expected text in the JSON form of a StoredFile",
                "2026-11-21T              | yesterday         | \"created\": expected an ISO 8601 instant",
                "public/abc               | public/../abc     | key: expected 1 to 6 segments of [A-Za-z0-9_-] joined by '/', found \"public/../abc\"",
            })
    void json_garbageInside(String part, String replacement, String message) {
        String garbled = WRITTEN.replace(part, replacement);
        assertThat(garbled).isNotEqualTo(WRITTEN);

        assertThatThrownBy(() -> StoredFile.fromJson(garbled))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``     | expected the JSON form of a StoredFile, found text that is no JSON object",
                "null   | expected the JSON form of a StoredFile, found text that is no JSON object",
                "[]     | expected the JSON form of a StoredFile, found text that is no JSON object",
                "\"a\"  | expected the JSON form of a StoredFile, found text that is no JSON object",
                "{\"v\" | expected the JSON form of a StoredFile, found text that is no JSON object",
                "secret | expected the JSON form of a StoredFile, found text that is no JSON object",
                "{} {}  | expected the JSON form of a StoredFile, found text that is no JSON object",
            })
    void json_garbage(String text, String message) {
        assertThatThrownBy(() -> StoredFile.fromJson(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    record Product(String name, StoredFile image) {}

    @Test
    void jackson_asAProperty() throws IOException {
        ObjectMapper jackson = new ObjectMapper();
        Product product = new Product("chair", PUBLIC);

        assertThat(jackson.readValue(jackson.writeValueAsString(product), Product.class))
                .isEqualTo(product);
        assertThat(jackson.writeValueAsString(product)).isEqualTo("{\"name\":\"chair\",\"image\":" + WRITTEN + "}");
        assertThat(jackson.convertValue(jackson.valueToTree(product), Product.class))
                .isEqualTo(product);
    }

    @Test
    void jackson_readsText() throws IOException {
        ObjectMapper jackson = new ObjectMapper();

        assertThat(jackson.readValue(jackson.writeValueAsString(WRITTEN), StoredFile.class))
                .isEqualTo(PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "true"})
    void jackson_garbage(String json) {
        assertThatThrownBy(() -> new ObjectMapper().readValue(json, StoredFile.class))
                .isInstanceOf(JsonMappingException.class);
    }

    @Test
    void map_roundTrip() {
        assertThat(StoredFile.fromMap(PRIVATE.toMap())).isEqualTo(PRIVATE);
        assertThat(StoredFile.fromMap(PUBLIC.toMap())).isEqualTo(PUBLIC);
        assertThat(PUBLIC.toMap()).containsEntry("type", "image/png").containsEntry("size", 0L);
    }

    @Test
    void map_smallNumbersOfADriver() {
        Map<String, Object> members = PUBLIC.toMap();
        members.replaceAll((name, value) -> value instanceof Long number ? (Object) number.intValue() : value);

        assertThat(StoredFile.fromMap(members)).isEqualTo(PUBLIC);
    }

    /** As drivers for documents, and JSON-B, give them. */
    @ParameterizedTest
    @ValueSource(classes = {BigDecimal.class, BigInteger.class, Short.class, Double.class})
    void map_otherNumbers(Class<?> type) {
        Map<String, Object> members = PUBLIC.toMap();
        members.replaceAll((name, value) -> value instanceof Long number ? of(type, number) : value);

        assertThat(StoredFile.fromMap(members)).isEqualTo(PUBLIC);
    }

    private static Object of(Class<?> type, long number) {
        if (type == BigDecimal.class) {
            return new BigDecimal(number).setScale(2);
        }
        if (type == BigInteger.class) {
            return BigInteger.valueOf(number);
        }
        return type == Short.class ? (Object) (short) number : (Object) (double) number;
    }

    @Test
    void map_numberOfABillionDigits() {
        Map<String, Object> members = PUBLIC.toMap();
        members.put("size", new BigDecimal("1E+1000000000"));

        assertThatIllegalArgumentException().isThrownBy(() -> StoredFile.fromMap(members));
    }

    @Test
    void toString_namesNoFile() {
        assertThat(PRIVATE).hasToString("StoredFile[default:private/abc, application/pdf, 1099511627776 bytes]");
    }

    @Test
    void equality_everyProperty() {
        assertThat(PRIVATE)
                .isNotEqualTo(PUBLIC)
                .isNotEqualTo(StoredFile.fromJson(PRIVATE.toJson().replace("pdf", "zip")));
    }
}
