package io.graphqlfiles.example;

import java.nio.file.Path;

class GalleryTest extends GalleryTests {

    @Override
    String databaseUrl(Path directory) {
        return "jdbc:h2:file:" + directory.resolve("catalogue");
    }
}
