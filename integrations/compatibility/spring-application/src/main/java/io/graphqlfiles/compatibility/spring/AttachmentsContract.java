package io.graphqlfiles.compatibility.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.attachment.AttachmentStatistics;
import io.graphqlfiles.spi.attachment.AttachmentStore;
import io.graphqlfiles.testkit.FaultyAttachmentStore;
import io.graphqlfiles.testkit.FaultyAttachmentStore.Operation;
import io.graphqlfiles.testkit.GraphQLServerContract;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attached files in a database, and its transactions, on any server of Spring. */
public abstract class AttachmentsContract extends GraphQLServerContract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CREATE = "mutation($title: String!, $cover: StoredFileInput) {"
            + " album: createAlbum(title: $title, cover: $cover) { id cover { fileName url } } }";
    private static final String CREATE_LATER = "mutation($title: String!, $cover: StoredFileInput) {"
            + " album: createAlbumLater(title: $title, cover: $cover) { id cover { fileName url } } }";
    private static final String SET_COVER = "mutation($id: ID!, $cover: StoredFileInput) {"
            + " album: setCover(id: $id, cover: $cover) { cover { fileName } } }";
    private static final String EDIT_PHOTOS = "mutation($id: ID!, $photos: StoredFileListInput!) {"
            + " album: editPhotos(id: $id, photos: $photos) { photos { id fileName } } }";
    private static final String READ = "{ albums { id cover { fileName } photos { fileName } } }";

    /** A bean of the application. */
    abstract <T> T bean(Class<T> type);

    @AfterEach
    final void deletedAlbums_leaveNothing() {
        rows().heal();
        for (JsonNode album : albums()) {
            run(
                    "mutation($id: ID!) { deleteAlbum(id: $id) }",
                    Map.of("id", album.get("id").asText()));
        }
        assertThat(bean(GraphQLFiles.class).attachments().statistics())
                .isEqualTo(new AttachmentStatistics(0, AttachmentStatistics.Backlog.NONE));
        assertThat(attachedFiles()).isZero();
    }

    @Test
    void attachment_belongsToTheRecord() throws IOException, InterruptedException {
        JsonNode album = run(CREATE, album("one")).at("/data/album");

        assertThat(album.at("/cover/fileName").asText()).isEqualTo("one");
        URI url = URI.create(album.at("/cover/url").asText());
        assertThat(HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("one");
        assertThat(albums()).hasSize(1);
        assertThat(albums().get(0).at("/cover/fileName").asText()).isEqualTo("one");
    }

    @Test
    void attachment_replaced_theOldFileIsDeleted() {
        String id = created("one");

        assertThat(setCover(id, Map.of("cover", file("two")))
                        .at("/data/album/cover/fileName")
                        .asText())
                .isEqualTo("two");
        assertThat(attachedFiles()).isEqualTo(1);
    }

    @Test
    void attachment_null_isCleared() {
        String id = created("one");

        assertThat(setCover(id, Collections.singletonMap("cover", null))
                        .at("/data/album/cover")
                        .isNull())
                .isTrue();
        assertThat(attachedFiles()).isZero();
    }

    @Test
    void attachment_leftOut_staysAsItIs() {
        String id = created("one");

        assertThat(setCover(id, Map.of()).at("/data/album/cover/fileName").asText())
                .isEqualTo("one");
        assertThat(attachedFiles()).isEqualTo(1);
    }

    @Test
    void attachments_ofADeletedRecord_areDeleted() {
        String id = created("one");
        editPhotos(id, Map.of("append", List.of(file("a"), file("b"))));

        assertThat(run("mutation($id: ID!) { deleteAlbum(id: $id) }", Map.of("id", id))
                        .at("/data/deleteAlbum")
                        .asBoolean())
                .isTrue();
        assertThat(attachedFiles()).isZero();
    }

    @Test
    void attachments_ofAList_areAppendedRemovedAndReordered() {
        String id = created("one");
        JsonNode photos = editPhotos(id, Map.of("append", List.of(file("a"), file("b"), file("c"))));
        List<String> ids = photos.findValuesAsText("id");

        editPhotos(
                id,
                Map.of(
                        "remove", List.of(ids.get(1)),
                        "order", List.of(ids.get(2), ids.get(0)),
                        "append", List.of(file("d"))));

        assertThat(albums().get(0).get("photos").findValuesAsText("fileName")).containsExactly("c", "a", "d");
        assertThat(attachedFiles()).isEqualTo(4);
    }

    @Test
    void attachments_ofManyRecords_areFoundAtOnce() {
        IntStream.range(0, 20).forEach(i -> created("one"));
        int before = rows().calls(Operation.FIND);

        JsonNode covers = run("{ albums { cover { fileName } } }", Map.of()).at("/data/albums");

        assertThat(covers.findValuesAsText("fileName")).hasSize(20);
        assertThat(rows().calls(Operation.FIND) - before).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE, CREATE_LATER})
    void attachment_recordIsRefused_nothingIsLeft(String create) {
        JsonNode answer = run(create, Map.of("title", Albums.REFUSED, "cover", file("one")));

        assertThat(answer.at("/errors")).hasSize(1);
        assertThat(albums()).isEmpty();
        assertThat(attachedFiles()).isZero();
    }

    @Test
    void attachment_cannotBeAttached_theRecordIsRolledBack() {
        rows().fail(Operation.CHANGE).before();

        assertThat(errorCode(run(CREATE, album("one")))).isEqualTo("FILE_STORE_UNAVAILABLE");
        assertThat(albums()).isEmpty();
        assertThat(attachedFiles()).isZero();
    }

    @Test
    void attachment_ofADataFetcherThatReturnsEarly_isAttached() {
        assertThat(run(CREATE_LATER, album("one"))
                        .at("/data/album/cover/fileName")
                        .asText())
                .isEqualTo("one");
    }

    /** Its record is committed in another thread, before there is a transaction of the files. */
    @Test
    void attachment_ofADataFetcherThatReturnsEarly_cannotBeAttached_theRecordStays() {
        rows().fail(Operation.CHANGE).before();

        assertThat(errorCode(run(CREATE_LATER, album("one")))).isEqualTo("FILE_STORE_UNAVAILABLE");
        assertThat(albums()).hasSize(1);
        assertThat(albums().get(0).get("cover").isNull()).isTrue();
        assertThat(attachedFiles()).isZero();
    }

    private JsonNode albums() {
        return run(READ, Map.of()).at("/data/albums");
    }

    private JsonNode setCover(String id, Map<String, ?> cover) {
        Map<String, Object> variables = new HashMap<>(cover);
        variables.put("id", id);
        return run(SET_COVER, variables);
    }

    private JsonNode editPhotos(String id, Map<String, ?> changes) {
        return run(EDIT_PHOTOS, Map.of("id", id, "photos", changes)).at("/data/album/photos");
    }

    private static Map<String, Object> album(String cover) {
        return Map.of("title", "t", "cover", file(cover));
    }

    private static String errorCode(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asText();
    }

    private FaultyAttachmentStore rows() {
        return (FaultyAttachmentStore) bean(AttachmentStore.class);
    }

    private JsonNode run(String query, Map<String, ?> variables) {
        try {
            String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
            return JSON.readTree(HTTP.send(
                            HttpRequest.newBuilder(server().graphQl())
                                    .timeout(Duration.ofSeconds(30))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> file(String name) {
        return Map.of(
                "base64",
                Base64.getEncoder().encodeToString(name.getBytes(UTF_8)),
                "fileName",
                name,
                "mimeType",
                "text/plain");
    }

    private String created(String cover) {
        return run(CREATE, album(cover)).at("/data/album/id").asText();
    }

    /** How many files the store has that belong, or belonged, to records. */
    private int attachedFiles() {
        return (int) bean(BlobStore.class).list("private/attached/", null, 100).blobs().stream()
                .filter(blob -> !StoreIdentity.isAt(blob.key()))
                .count();
    }
}
