package io.graphqlfiles.pictures.docs;

import io.graphqlfiles.FileFieldRegistry;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.pictures.CommandVariants;
import io.graphqlfiles.pictures.ImgixUrls;
import io.graphqlfiles.pictures.ImgproxyUrls;
import io.graphqlfiles.pictures.InProcessVariants;
import io.graphqlfiles.pictures.PictureAnalyzer;
import io.graphqlfiles.pictures.PictureStripper;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** How pictures are set up. */
final class PictureSetups {

    private PictureSetups() {}

    static GraphQLFiles plain(String secret) {
        // tag::plain
        return GraphQLFiles.newGraphQLFiles()
                .store(FileSystemBlobStore.at(Path.of("var/files")))
                .secret(secret)
                .analyzer(
                        PictureAnalyzer.newPictureAnalyzer().placeholders(true).build())
                .metadataStripper(PictureStripper.create())
                .variantMaker(InProcessVariants.create())
                .build();
        // end::plain
    }

    static FileFieldRegistry registry() {
        // tag::registry
        return FileFieldRegistry.newRegistry()
                .field(
                        "Product",
                        "image",
                        rules -> rules.accept("image/*")
                                .maxPixels(50_000_000)
                                .stripMetadata(true)
                                .variant("thumb", VariantRecipe.covering(200, 200))
                                .variant("page", VariantRecipe.ofWidth(1280).quality(75)))
                .build();
        // end::registry
    }

    static VariantMaker commands() {
        // tag::commands
        return CommandVariants.newCommandVariants()
                .pdftoppm("pdftoppm")
                .ffmpeg("ffmpeg")
                .maxMemory(512L << 20)
                .build();
        // end::commands
    }

    static ImgproxyUrls imgproxy(String key, String salt) {
        // tag::imgproxy
        return ImgproxyUrls.newImgproxyUrls(URI.create("https://img.example.com"), key, salt)
                .source("default", "s3://shop-files/")
                .build();
        // end::imgproxy
    }

    static ImgixUrls imgix(String token) {
        // tag::imgix
        return ImgixUrls.newImgixUrls()
                .source("default", URI.create("https://shop.imgix.net"), token)
                .build();
        // end::imgix
    }

    static VariantOptions options() {
        // tag::options
        return VariantOptions.newVariantOptions()
                .atOnce(2)
                .timeLimit(Duration.ofSeconds(10))
                .eager(true)
                .build();
        // end::options
    }
}
