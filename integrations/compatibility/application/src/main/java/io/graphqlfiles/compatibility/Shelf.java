package io.graphqlfiles.compatibility;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where documents stand.
 *
 * @param loadedTogether how many shelves were loaded in one go with this one
 */
public record Shelf(String name, int loadedTogether) {

    /** For a DataLoader: a shelf for each name. */
    public static List<Shelf> load(List<String> names) {
        return names.stream().map(name -> new Shelf(name, names.size())).toList();
    }

    /** For a DataLoader that is asked for a map. */
    public static Map<String, Shelf> load(Set<String> names) {
        return load((Collection<String>) names);
    }

    private static Map<String, Shelf> load(Collection<String> names) {
        Map<String, Shelf> shelves = new LinkedHashMap<>();
        names.forEach(name -> shelves.put(name, new Shelf(name, names.size())));
        return shelves;
    }
}
