package io.graphqlfiles;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FileFieldRegistryTest {

    private static final ByteSize FIVE = ByteSize.megabytes(5);

    @Test
    void rules_changedAfterwards_areNotThoseOfTheRegistry() {
        AtomicReference<FileFieldRules> kept = new AtomicReference<>();
        FileFieldRegistry.Builder builder = FileFieldRegistry.newRegistry().field("Product", "image", rules -> {
            rules.maxSize(FIVE);
            kept.set(rules);
        });
        FileFieldRegistry registry = builder.build();

        kept.get().maxSize(ByteSize.bytes(1));
        requireNonNull(registry.rules().get("Product.image")).maxSize(ByteSize.bytes(2));

        assertThat(requireNonNull(registry.rules().get("Product.image")).maxSize())
                .isEqualTo(FIVE);
    }

    @Test
    void rules_areCopiedWhole() {
        Consumer<FileFieldRules> said = rules -> rules.store("archive")
                .maxSize(FIVE)
                .minSize(ByteSize.bytes(1))
                .accept("image/*")
                .maxCount(3)
                .sources(FileSourceType.FILE)
                .minWidth(100)
                .stripMetadata(true)
                .review(true);
        FileFieldRules expected = new FileFieldRules();
        said.accept(expected);

        FileFieldRegistry registry =
                FileFieldRegistry.newRegistry().field("Product", "image", said).build();

        assertThat(registry.rules().get("Product.image"))
                .usingRecursiveComparison()
                .isEqualTo(expected);
    }
}
