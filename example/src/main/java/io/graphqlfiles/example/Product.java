package io.graphqlfiles.example;

import io.graphqlfiles.StoredFile;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A product as its table has it. Its gallery is none of its business: those files are attached. */
record Product(
        long id,
        String name,
        @Nullable StoredFile image,
        @Nullable StoredFile manual,
        @Nullable StoredFile attachment) {

    /** Every file of the product that a column holds. */
    Set<StoredFile> files() {
        Set<StoredFile> files = new LinkedHashSet<>();
        for (StoredFile file : new @Nullable StoredFile[] {image, manual, attachment}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }
}
