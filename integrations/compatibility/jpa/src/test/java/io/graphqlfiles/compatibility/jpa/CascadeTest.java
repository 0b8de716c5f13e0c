package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What JPA deletes by a cascade leaves no files; and records that are read by a batch get theirs. */
class CascadeTest extends JpaTests {

    @Autowired
    private Crates crates;

    private final List<String> bottles = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        nothingIsLeftOver();
    }

    private String pack() throws Exception {
        JsonNode crate = data("mutation { packCrate(bottles: [{label: \"a\", picture: " + file("a")
                + "}, {label: \"b\"}, {label: \"c\", picture: " + file("c")
                + "}]) { id bottles { id label picture { fileName } } } }");
        crate.path("bottles").forEach(bottle -> bottles.add(bottle.path("id").asString()));
        assertThat(crate.at("/bottles/0/picture/fileName").asString()).isEqualTo("a.txt");
        assertThat(crate.at("/bottles/1/picture").isNull()).isTrue();
        assertThat(crate.at("/bottles/2/picture/fileName").asString()).isEqualTo("c.txt");
        return crate.path("id").asString();
    }

    private List<Integer> pictures() {
        return bottles.stream()
                .map(id -> files.attachments().list("Bottle.picture", id).size())
                .toList();
    }

    @Test
    void recordsOfABatch_getTheirFiles() throws Exception {
        pack();

        assertThat(pictures()).containsExactly(1, 0, 1);
    }

    @Test
    void parentIsDeleted_filesOfItsPartsGo() throws Exception {
        String id = pack();

        data("mutation { deleteCrate(id: " + id + ") }");

        assertThat(crates.existsById(Long.valueOf(id))).isFalse();
        assertThat(pictures()).containsOnly(0);
    }

    @Test
    void partIsTakenOut_itsFilesGo() throws Exception {
        String id = pack();

        data("mutation { takeBottle(id: " + id + ", place: 0) }");

        assertThat(pictures()).containsExactly(0, 0, 1);
    }

    @Test
    void deletionIsRolledBack_filesStay() throws Exception {
        String id = pack();

        assertThat(run("mutation { deleteCrateAndFail(id: " + id + ") }")
                        .path("errors")
                        .isMissingNode())
                .isFalse();

        assertThat(crates.existsById(Long.valueOf(id))).isTrue();
        assertThat(pictures()).containsExactly(1, 0, 1);
    }
}
