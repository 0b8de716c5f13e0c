package io.graphqlfiles.compatibility.day.reports;

import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileChanges;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class PhotoController {

    private final GraphQLFiles files;

    PhotoController(GraphQLFiles files) {
        this.files = files;
    }

    // tag::thumbnail
    @MutationMapping
    Photo createPhoto(@Argument String title, @Argument StoredFile image, DataFetchingEnvironment environment)
            throws IOException {
        StoredFile thumbnail = FileChanges.of(environment)
                .store("Photo.thumbnail", FileSource.of(thumbnail(image)).withFileName("thumbnail.png"));
        return new Photo(title, image, thumbnail);
    }

    private byte[] thumbnail(StoredFile image) throws IOException {
        BufferedImage small = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        try (InputStream content = files.open(image)) {
            Graphics2D graphics = small.createGraphics();
            graphics.drawImage(ImageIO.read(content), 0, 0, 64, 64, null);
            graphics.dispose();
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(small, "png", png);
        return png.toByteArray();
    }
    // end::thumbnail
}
