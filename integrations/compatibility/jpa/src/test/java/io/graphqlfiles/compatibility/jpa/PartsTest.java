package io.graphqlfiles.compatibility.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Parts of records take files: in lists in lists, and by an id in an argument. */
class PartsTest extends JpaTests {

    @AfterEach
    void nothingIsLeft() {
        nothingIsLeftOver();
    }

    private JsonNode pack() throws Exception {
        return data("mutation { packCrates(crates: [{bottles: [{label: \"a\", picture: " + file("a")
                + "}, {label: \"b\"}]}, {bottles: []}, {bottles: [{label: \"c\", picture: " + file("c")
                + "}]}]) { bottles { id picture { fileName } } } }");
    }

    private JsonNode setPicture(String id, String name) throws Exception {
        return run("mutation { setPicture(bottleId: \"" + id + "\", picture: " + file(name) + ") }");
    }

    private List<String> pictures(String bottle) {
        return files.attachments().list("Bottle.picture", bottle).stream()
                .map(file -> file.fileName())
                .toList();
    }

    @Test
    void bottlesOfCrates_eachGetsItsFile() throws Exception {
        JsonNode crates = pack();

        List<String> names = new ArrayList<>();
        crates.forEach(crate -> crate.path("bottles")
                .forEach(bottle -> names.add(bottle.at("/picture/fileName").asString("none"))));
        assertThat(names).containsExactly("a.txt", "none", "c.txt");
    }

    @Test
    void idInAnArgument_theBottleGetsTheFile() throws Exception {
        String id = pack().at("/0/bottles/1/id").asString();

        assertThat(setPicture(id, "new").at("/data/setPicture").asBoolean()).isTrue();

        assertThat(pictures(id)).containsExactly("new.txt");
    }

    @Test
    void idInAnotherSpelling_isRefused() throws Exception {
        String id = pack().at("/0/bottles/1/id").asString();

        for (String spelling : List.of("0" + id, "+" + id, "0x" + Long.toHexString(Long.parseLong(id)))) {
            assertThat(setPicture(spelling, "new")
                            .at("/errors/0/extensions/code")
                            .asString())
                    .isEqualTo("FILE_RECORD_NOT_FOUND");
        }

        assertThat(pictures(id)).isEmpty();
    }

    @Test
    void noSuchBottle_takesNothing() throws Exception {
        assertThat(setPicture("987654321", "new").at("/data/setPicture").asBoolean(true))
                .isFalse();

        assertThat(pictures("987654321")).isEmpty();
    }
}
