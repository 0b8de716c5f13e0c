package io.graphqlfiles.example;

import io.graphqlfiles.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;

/**
 * Bare {@code Upload} arguments, without a file field: the application reads the bytes itself and does with them what
 * it likes.
 */
@Controller
@PreAuthorize("@owners.mayCreate()")
class UploadController {

    @MutationMapping
    FileStats submitAFile(@Argument Upload file) throws IOException {
        return measure(file);
    }

    @MutationMapping
    FileStats singleUpload(@Argument Upload file) throws IOException {
        return measure(file);
    }

    @MutationMapping
    List<FileStats> multipleUpload(@Argument List<Upload> files) throws IOException {
        List<FileStats> stats = new ArrayList<>();
        for (Upload file : files) {
            stats.add(measure(file));
        }
        return stats;
    }

    private static FileStats measure(Upload file) throws IOException {
        try (InputStream content = file.openStream()) {
            // The bytes come straight from the network; nothing is kept.
            long size = content.transferTo(OutputStream.nullOutputStream());
            return new FileStats(
                    Objects.requireNonNullElse(file.fileName(), ""),
                    Objects.requireNonNullElse(file.contentType(), "application/octet-stream"),
                    size);
        }
    }
}
