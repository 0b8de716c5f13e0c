package io.graphqlfiles.quarkus;

import io.graphqlfiles.spi.BlobStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the store that settings name; a bean where its module is in the application. */
interface StoreOfKind {

    /** What {@code quarkus.graphql-files.store} must be for it. */
    StoreSettings.Kind kind();

    /**
     * The store, to be asked for once.
     *
     * @throws ConfigurationException if a setting is missing
     */
    BlobStore store();

    /**
     * The value of a setting that the store cannot do without.
     *
     * @param name without {@code quarkus.graphql-files.}
     */
    static String required(Optional<String> value, String name, String what) {
        String property = "quarkus.graphql-files." + name;
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new ConfigurationException(
                        property + ": expected " + what + ", found nothing", Set.of(property)));
    }

    /**
     * The vendor's client that the application has made; null if it has none.
     *
     * @throws ConfigurationException if it has several: files in the wrong account are worse than no start
     */
    static <T> @Nullable T own(Instance<T> clients, Class<T> type) {
        if (clients.isAmbiguous()) {
            throw new ConfigurationException("Expected one bean of type " + type.getName()
                    + ", found several: declare a bean of type " + BlobStore.class.getName()
                    + " that is made with the one that files are kept with");
        }
        return clients.isUnsatisfied() ? null : clients.get();
    }
}
