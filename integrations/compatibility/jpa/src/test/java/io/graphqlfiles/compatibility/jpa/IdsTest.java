package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** However an id is spelled: the files of the record that is deleted go, and those of no other. */
class IdsTest extends JpaTests {

    @Autowired
    private Articles articles;

    @Autowired
    private Documents documents;

    @AfterEach
    void nothingIsLeft() {
        nothingIsLeftOver();
    }

    private String product() throws IOException, InterruptedException {
        return data("mutation { createProduct(name: \"one\", image: " + file("one") + ") { id } }")
                .path("id")
                .asString();
    }

    private boolean hasImage(String type, String field, Object id) {
        return !files.attachments().list(type + "." + field, id).isEmpty();
    }

    /** Either the record and its files are gone, or both are there and the client is told. */
    private void bothOrNeither(JsonNode answer, boolean recordIsThere, boolean filesAreThere) {
        assertThat(filesAreThere).as("%s", answer).isEqualTo(recordIsThere);
        assertThat(answer.path("errors").isMissingNode()).isEqualTo(!recordIsThere);
        if (recordIsThere) {
            assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_RECORD_NOT_FOUND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "+%s", " %s", "%s ", "0%s", "000%s", "\u200b%s"})
    void number(String spelling) throws Exception {
        String id = product();

        JsonNode answer = run("mutation { deleteProduct(id: \"" + spelling.formatted(id) + "\") }");

        bothOrNeither(answer, products.existsById(Long.valueOf(id)), hasImage("Product", "image", id));
        data("mutation { removeProduct(id: \"" + id + "\") { id } }");
        assertThat(hasImage("Product", "image", id)).isFalse();
    }

    @Test
    void numberInOtherDigits() throws Exception {
        String id = product();
        long value = Long.parseLong(id);
        String arabic = id.chars()
                .mapToObj(digit -> String.valueOf((char) (digit - '0' + '\u0660')))
                .reduce("", String::concat);
        String minus = id.chars()
                .mapToObj(digit -> String.valueOf((char) (digit - '0' + '\uff10')))
                .reduce("", String::concat);

        for (String spelling :
                new String[] {"0x" + Long.toHexString(value), "#" + Long.toHexString(value), arabic, minus}) {
            JsonNode answer = run("mutation { deleteProduct(id: \"" + spelling + "\") }");

            bothOrNeither(answer, products.existsById(value), hasImage("Product", "image", id));
        }
        data("mutation { deleteProduct(id: \"" + id + "\") }");
        assertThat(hasImage("Product", "image", id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x%x", "+%d", " %d", "0%d"})
    void resultNamesTheRecord_itsFilesGoInEverySpelling(String spelling) throws Exception {
        String id = product();

        data("mutation { removeProduct(id: \"" + spelling.formatted(Long.valueOf(id)) + "\") { id } }");

        assertThat(products.existsById(Long.valueOf(id))).isFalse();
        assertThat(hasImage("Product", "image", id)).isFalse();
    }

    @Test
    void deletedFile_isNotServedAnyMore() throws Exception {
        JsonNode created =
                data("mutation { createProduct(name: \"one\", image: " + file("one") + ") { id image { url } } }");
        URI url = URI.create(created.at("/image/url").asString());
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest read = HttpRequest.newBuilder(url).build();
        assertThat(client.send(read, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);

        data("mutation { removeProduct(id: \"0" + created.path("id").asString() + "\") { id } }");

        assertThat(client.send(read, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"abc-1,ABC-1", "Tee,tEE", "x-9,x-9"})
    void naturalKey_inAColumnThatKnowsNoCase(String asked, String key) throws Exception {
        data("mutation { createArticle(sku: \"" + key + "\", image: " + file("one") + ") { sku } }");

        JsonNode answer = run("mutation { deleteArticle(sku: \"" + asked + "\") }");

        bothOrNeither(answer, articles.existsById(key), hasImage("Article", "image", key));
        data("mutation { removeArticle(sku: \"" + key + "\") }");
        assertThat(hasImage("Article", "image", key)).isFalse();
    }

    @Test
    void naturalKey_recordWithoutFiles_isDeletedInEverySpelling() throws Exception {
        data("mutation { createArticle(sku: \"Plain\") { sku } }");

        assertThat(data("mutation { deleteArticle(sku: \"pLAIN\") }").asBoolean())
                .isTrue();
        assertThat(articles.existsById("Plain")).isFalse();
    }

    @Test
    void uuid_inCapitals() throws Exception {
        String id = data("mutation { createDocument(scan: " + file("one") + ") { id } }")
                .path("id")
                .asString();

        JsonNode answer = run("mutation { deleteDocument(id: \"" + id.toUpperCase(java.util.Locale.ROOT) + "\") }");

        bothOrNeither(answer, documents.existsById(java.util.UUID.fromString(id)), hasImage("Document", "scan", id));
        data("mutation { deleteDocument(id: \"" + id + "\") }");
        assertThat(hasImage("Document", "scan", id)).isFalse();
    }
}
