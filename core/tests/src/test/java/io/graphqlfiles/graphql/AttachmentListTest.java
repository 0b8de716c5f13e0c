package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.graphqlfiles.StoredFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Editing a list of attached files. */
class AttachmentListTest {

    private final Shop shop = new Shop();
    private String id = "";
    private List<String> files = List.of();

    @BeforeEach
    void threeFiles() {
        id = shop.created(Map.of("gallery", texts("a", "b", "c")));
        files = shop.fileIds("gallery", id);
    }

    private static List<Map<String, Object>> texts(String... contents) {
        return Stream.of(contents).map(Catalogue::text).toList();
    }

    private void assertGallery(String... contents) {
        assertThat(shop.contents("gallery", id)).containsExactly(contents);
        shop.assertTidy(contents.length);
    }

    private void assertEdited(Map<String, Object> edit) {
        assertThat(shop.editGallery(id, edit).getErrors()).isEmpty();
    }

    private void assertRefused(Map<String, Object> edit, String code) {
        ExecutionResult result = shop.editGallery(id, edit);

        assertThat(Shop.codeOf(result)).isEqualTo(code);
        assertGallery("a", "b", "c");
    }

    @Test
    void append_atTheEnd() {
        assertEdited(Map.of("append", texts("d")));

        assertGallery("a", "b", "c", "d");
    }

    @Test
    void remove_deletes() {
        assertEdited(Map.of("remove", List.of(files.get(1))));

        assertGallery("a", "c");
    }

    @Test
    void order_reorders() {
        List<String> reversed = new ArrayList<>(files);
        Collections.reverse(reversed);

        assertEdited(Map.of("order", reversed));

        assertGallery("c", "b", "a");
    }

    @Test
    void set_replaces() {
        assertEdited(Map.of("set", texts("x", "y")));

        assertGallery("x", "y");
    }

    @Test
    void set_empty_clears() {
        assertEdited(Map.of("set", List.of()));

        assertGallery();
    }

    @Test
    void allThree_removeThenOrderThenAppend() {
        assertEdited(Map.of(
                "append", texts("d", "e"),
                "remove", List.of(files.get(1)),
                "order", List.of(files.get(2), files.get(0))));

        assertGallery("c", "a", "d", "e");
    }

    @Test
    void nothing_changesNothing() {
        assertEdited(Map.of());
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("set", null);
        nulls.put("order", null);
        assertEdited(nulls);
        assertThat(shop.execute("mutation { editGallery(id: \"" + id + "\", gallery: null) { id } }")
                        .getErrors())
                .isEmpty();

        assertGallery("a", "b", "c");
    }

    @Test
    void set_besideAnother_refused() {
        assertRefused(Map.of("set", texts("x"), "append", texts("y")), "FILE_INVALID");
        assertRefused(Map.of("set", texts("x"), "remove", List.of(files.get(0))), "FILE_INVALID");
    }

    @Test
    void remove_whatIsGone_conflict() {
        assertRefused(Map.of("append", texts("d"), "remove", List.of("none")), "FILE_CONFLICT");
    }

    @Test
    void remove_fileOfAnotherRecord_conflict() {
        String other = shop.created(Map.of("gallery", texts("x")));
        String foreign = shop.fileIds("gallery", other).get(0);

        assertThat(Shop.codeOf(shop.editGallery(id, Map.of("remove", List.of(foreign)))))
                .isEqualTo("FILE_CONFLICT");

        assertThat(shop.contents("gallery", other)).containsExactly("x");
        shop.assertTidy(4);
    }

    @Test
    void remove_sameFileTwice_once() {
        assertEdited(Map.of("remove", List.of(files.get(0), files.get(0))));

        assertGallery("b", "c");
    }

    @Test
    void order_notExactlyThePresentFiles_conflict() {
        assertRefused(Map.of("order", files.subList(0, 2)), "FILE_CONFLICT");
        assertRefused(Map.of("order", List.of(files.get(0), files.get(1), files.get(1))), "FILE_CONFLICT");
        assertRefused(Map.of("order", List.of(files.get(0), files.get(1), "none")), "FILE_CONFLICT");
        assertRefused(Map.of("order", files, "remove", List.of(files.get(0))), "FILE_CONFLICT");
    }

    @Test
    void append_moreThanTheFieldTakes_refused() {
        assertRefused(Map.of("append", texts("d", "e")), "FILE_COUNT_EXCEEDED");
    }

    @Test
    void append_moreThanTheFieldTakes_tellsHowMany() {
        ExecutionResult result = shop.editGallery(id, Map.of("append", texts("d", "e")));

        assertThat(result.getErrors().get(0).getExtensions())
                .containsEntry("count", 5)
                .containsEntry("maxCount", 4);
    }

    @Test
    void append_besideRemove_countsTheResult() {
        assertEdited(Map.of("append", texts("d", "e"), "remove", List.of(files.get(0))));

        assertGallery("b", "c", "d", "e");
    }

    @Test
    void append_badFile_refusedWithItsPath() {
        ExecutionResult result = shop.editGallery(id, Map.of("append", List.of(Map.of("base64", "!"))));

        assertThat(result.getErrors().get(0).getExtensions())
                .containsEntry("inputPath", List.of("gallery", "append", 0));
        assertGallery("a", "b", "c");
    }

    @Test
    void dataFetcher_getsTheInputWithStoredFiles() {
        List<Map<String, Object>> seen = new ArrayList<>();
        shop.mutation("editGallery", environment -> {
            seen.add(environment.getArgument("gallery"));
            return shop.products.get(environment.<String>getArgument("id"));
        });

        assertEdited(Map.of("append", texts("d"), "remove", List.of(files.get(0))));

        StoredFile appended =
                shop.files().attachments().list("Product.gallery", id).get(2);
        assertThat(seen).containsExactly(Map.of("append", List.of(appended), "remove", List.of(files.get(0))));
    }
}
