package io.graphqlfiles.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.pictures.CommandVariants;
import io.graphqlfiles.pictures.InProcessVariants;
import io.graphqlfiles.pictures.PictureAnalyzer;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration;
import org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.graphql.execution.GraphQlSource;

/** The module for pictures, where it is on the class path, and where it is not. */
class PicturesTest {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    GraphQlAutoConfiguration.class,
                    GraphQlWebMvcAutoConfiguration.class,
                    GraphQLFilesAutoConfiguration.class))
            .withPropertyValues(
                    "spring.graphql.schema.locations=classpath:starter-pictures/",
                    "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more")
            .withBean("store", BlobStore.class, InMemoryBlobStore::new);

    @Test
    void moduleOnTheClassPath_nothingElseToWire() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(InProcessVariants.class);
            context.getBean(GraphQlSource.class).graphQl();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "png", png);
            GraphQLFiles files = context.getBean(GraphQLFiles.class);

            StoredFile file = files.store("Query.picture", FileSource.of(png.toByteArray()));

            assertThat(file.facts().width()).isEqualTo(600);
            assertThat(files.makeVariants("Query.picture", file)).isEqualTo(1);
        });
    }

    @Test
    void moduleMissing_theSchemaSaysWhatToAdd() {
        runner.withClassLoader(new FilteredClassLoader(PictureAnalyzer.class)).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining(
                            "Query.picture: stripMetadata: expected a MetadataStripper, found none; add graphql-files-pictures")
                    .hasMessageContaining("Query.picture: @variant: expected a VariantMaker, found none");
        });
    }

    @Test
    void beansOfTheApplication_takeThePlaceOfOurs() {
        runner.withBean(VariantMaker.class, CommandVariants::create)
                .withBean(
                        PictureAnalyzer.class,
                        () -> PictureAnalyzer.newPictureAnalyzer()
                                .placeholders(true)
                                .build())
                .withBean(
                        FileFieldRegistry.class,
                        () -> FileFieldRegistry.newRegistry().build())
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InProcessVariants.class)
                        .hasSingleBean(PictureAnalyzer.class));
    }
}
