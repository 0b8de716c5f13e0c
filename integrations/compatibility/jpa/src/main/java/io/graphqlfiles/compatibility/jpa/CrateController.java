package io.graphqlfiles.compatibility.jpa;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** Records in records, which are read by batches. */
@Controller
public class CrateController {

    private final CrateService service;

    CrateController(CrateService service) {
        this.service = service;
    }

    /** What clients send. */
    public record BottleInput(String label) {}

    @MutationMapping
    Crate packCrate(@Argument List<BottleInput> bottles) {
        return service.pack(bottles.stream().map(BottleInput::label).toList());
    }

    /** What clients send. */
    public record CrateInput(List<BottleInput> bottles) {

        List<String> labels() {
            return bottles.stream().map(BottleInput::label).toList();
        }
    }

    @MutationMapping
    List<Crate> packCrates(@Argument List<CrateInput> crates) {
        return service.packAll(crates.stream().map(CrateInput::labels).toList());
    }

    /** Does not tell which bottle it was. */
    @MutationMapping
    boolean setPicture(@Argument long bottleId) {
        return service.lockBottle(bottleId);
    }

    @BatchMapping
    Map<Crate, List<Bottle>> bottles(List<Crate> crates) {
        Map<Crate, List<Bottle>> bottles = new LinkedHashMap<>();
        crates.forEach(crate -> bottles.put(crate, crate.bottles()));
        return bottles;
    }

    @MutationMapping
    boolean deleteCrate(@Argument long id) {
        return service.delete(id);
    }

    /** Deletes, and fails thereafter. */
    @MutationMapping
    boolean deleteCrateAndFail(@Argument long id) {
        return service.deleteAndFail(id);
    }

    @MutationMapping
    boolean takeBottle(@Argument long id, @Argument int place) {
        return service.take(id, place);
    }
}
