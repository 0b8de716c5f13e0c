package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.MaintenanceProgress;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.StoreIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A field that was private is public, or has another store: its files move there. */
class RelocationTest {

    private static final String PUBLIC_SDL = Shop.SDL
            .replace("image: StoredFile @file\n", "image: StoredFile @file(visibility: PUBLIC)\n")
            .replace("@file(maxCount: 4)", "@file(maxCount: 4, store: \"archive\")")
            .replace("@file(attached: false)", "@file(attached: false, visibility: PUBLIC)");

    private final Shop before = new Shop();
    private final InMemoryBlobStore archive = new InMemoryBlobStore();
    private final Catalogue after = new Catalogue()
            .sdl(PUBLIC_SDL)
            .store(before.blobs)
            .settings(builder ->
                    builder.store("archive", archive).attachments(before.rows).unitOfWork(before.memory.unitOfWork()));

    private GraphQLFiles relocated() {
        after.schema();
        return after.files();
    }

    private static SweepOptions options() {
        return SweepOptions.newSweepOptions().build();
    }

    private String content(StoredFile file) throws IOException {
        try (InputStream in = after.files().open(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void relocate_movesFilesToWhereTheirFieldsSay() throws IOException {
        String id = before.created(Map.of(
                "name",
                "Cup",
                "image",
                Catalogue.text("picture"),
                "gallery",
                List.of(Catalogue.text("one"), Catalogue.text("two"))));
        GraphQLFiles files = relocated();
        List<MaintenanceProgress> told = new ArrayList<>();

        assertThat(files.maintenance()
                        .relocate(SweepOptions.newSweepOptions()
                                .dryRun(true)
                                .progress(told::add)
                                .build()))
                .isEqualTo(3);
        assertThat(files.maintenance().relocate(options())).isEqualTo(3);

        StoredFile image = files.attachments().list("Product.image", id).get(0);
        assertThat(image.visibility()).isEqualTo(Visibility.PUBLIC);
        assertThat(image.key()).startsWith("public/attached/");
        assertThat(content(image)).isEqualTo("picture");
        List<StoredFile> gallery = files.attachments().list("Product.gallery", id);
        assertThat(gallery).extracting(StoredFile::store).containsExactly("archive", "archive");
        assertThat(content(gallery.get(0))).isEqualTo("one");
        assertThat(content(gallery.get(1))).isEqualTo("two");
        assertThat(before.catalogue.store.keys().stream().filter(key -> !key.equals(StoreIdentity.KEY)))
                .containsExactly(image.key());
        assertThat(archive.keys()).hasSize(2);
        assertThat(told.get(told.size() - 1).done()).isEqualTo(3);
        assertThat(told.get(told.size() - 1).total()).isEqualTo(3);

        assertThat(files.maintenance().relocate(options())).isZero();
    }

    @Test
    void copyOf_ofAColumnsFile_isWhereTheFieldSays() throws IOException {
        before.graphQl();
        StoredFile file = before.files().store("Product.manual", FileSource.of("manual".getBytes(UTF_8)));
        GraphQLFiles files = relocated();

        StoredFile copy = files.copyOf("Product.manual", file);
        files.delete(file);

        assertThat(copy.visibility()).isEqualTo(Visibility.PUBLIC);
        assertThat(copy.key()).startsWith("public/");
        assertThat(copy.fileName()).isEqualTo(file.fileName());
        assertThat(copy.mimeType()).isEqualTo("text/plain");
        assertThat(before.catalogue.store.stat(copy.key()).contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(content(copy)).isEqualTo("manual");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.copyOf("Product.image", copy))
                .withMessageContaining("not attached");
    }
}
