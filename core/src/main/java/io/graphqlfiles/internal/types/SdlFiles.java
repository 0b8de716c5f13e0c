package io.graphqlfiles.internal.types;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The library's SDL in the jar. The paths are documented: tools read these files too. */
final class SdlFiles {

    /** What every schema gets: the directive, the scalars, StoredFile and StoredFileInput. */
    static final String FILES = "/META-INF/graphql-files/files.graphqls";

    /** What schemas with attached files get in addition. */
    static final String ATTACHMENTS = "/META-INF/graphql-files/attachments.graphqls";

    /** Direct uploads and URLs by id, for root types of the usual names; where there is a {@code FileAuthorizer}. */
    static final String OPERATIONS = "/META-INF/graphql-files/operations.graphqls";

    /** What {@code StoredFile} has in addition where fields have files reviewed; its {@code url} may be null then. */
    static final String REVIEW = "/META-INF/graphql-files/review.graphqls";

    private SdlFiles() {}

    static String read(String path) {
        try (InputStream in = SdlFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + ": missing on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
