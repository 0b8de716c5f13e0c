package io.graphqlfiles.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** The vendor's client that the application has made for a store. */
final class VendorClient {

    private VendorClient() {}

    /**
     * The only or primary bean of a type.
     *
     * @return null if there is none
     * @throws MissingSettingException if there are several and none is primary: files in the wrong account are worse
     *     than no start
     */
    static <T> @Nullable T of(Class<T> type, ListableBeanFactory beans) {
        T client = beans.getBeanProvider(type).getIfUnique();
        List<String> names = List.of(beans.getBeanNamesForType(type));
        if (client == null && names.size() > 1) {
            throw new MissingSettingException(
                    "There are several beans of type " + type.getName() + ", and it is not said which one the files are"
                            + " kept with: " + String.join(", ", names) + ".",
                    "Mark it with @Primary, or declare a bean of type io.graphqlfiles.spi.BlobStore that is made with"
                            + " it.");
        }
        return client;
    }
}
