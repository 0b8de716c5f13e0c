package io.graphqlfiles.spring;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.BlobStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Stores that files move away from, and mirrors: behind others, and none that a field can name. */
final class SecondStores {

    private static final String DEFAULT_STORE = "default";

    private final Map<String, BlobStore> migrateFrom = new LinkedHashMap<>();
    private final Map<String, BlobStore> mirrorTo = new LinkedHashMap<>();
    private final Set<String> names = new TreeSet<>();
    private final Map<String, BlobStore> stores;

    /**
     * Finds them by their names.
     *
     * @param stores those of the properties and the application's beans
     * @throws MissingSettingException if there is none of a name
     */
    SecondStores(GraphQLFilesProperties properties, Map<String, BlobStore> stores) {
        this.stores = stores;
        add(migrateFrom, DEFAULT_STORE, "graphql.files.migrate-from", properties.migrateFrom());
        add(mirrorTo, DEFAULT_STORE, "graphql.files.mirror-to", properties.mirrorTo());
        for (Map.Entry<String, GraphQLFilesProperties.NamedStore> named :
                properties.stores().entrySet()) {
            String store = named.getKey();
            String prefix = "graphql.files.stores." + store;
            add(migrateFrom, store, prefix + ".migrate-from", named.getValue().migrateFrom());
            add(mirrorTo, store, prefix + ".mirror-to", named.getValue().mirrorTo());
        }
    }

    private void add(Map<String, BlobStore> second, String store, String property, @Nullable String name) {
        if (name == null || name.isBlank()) {
            return;
        }
        BlobStore found = stores.get(name);
        if (found == null || name.equals(store)) {
            throw new MissingSettingException(
                    property + " is " + name + ", and there is no such store.",
                    "Set it to the name of another store: one of " + stores.keySet()
                            + ", or one that you add under graphql.files.stores.");
        }
        second.put(store, found);
        names.add(name);
    }

    /** Their names. */
    Set<String> names() {
        return names;
    }

    void addTo(GraphQLFiles.Builder builder) {
        migrateFrom.forEach(builder::migrateFrom);
        mirrorTo.forEach(builder::mirror);
    }
}
