package io.graphqlfiles.example;

import io.graphqlfiles.StoredFile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A product as it is kept. */
record Product(
        long id,
        String name,
        @Nullable StoredFile image,
        @Nullable StoredFile manual,
        List<StoredFile> gallery,
        @Nullable StoredFile attachment) {

    Product {
        gallery = List.copyOf(gallery);
    }

    /** Every file of the product. */
    Set<StoredFile> files() {
        Set<StoredFile> files = new LinkedHashSet<>(gallery);
        for (StoredFile file : new @Nullable StoredFile[] {image, manual, attachment}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }
}
