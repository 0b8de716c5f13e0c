package io.graphqlfiles.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PDFs in fields: with their pages, and whatever the field asks of pictures. */
class PdfFieldTest {

    private static final String SDL = """
            type Query { scan: StoredFile
                @file(accept: ["application/pdf", "image/*"], maxPixels: "1MP", minWidth: 10) }
            """;

    private final InMemoryBlobStore store = new InMemoryBlobStore();
    private GraphQLFiles files;

    @BeforeEach
    void start() {
        files = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .analyzer(PictureAnalyzer.create())
                .build();
        RuntimeWiring wiring =
                files.addScalars(RuntimeWiring.newRuntimeWiring()).build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring));
    }

    private static byte[] pdf(int filler) {
        PdfWriter pdf = PdfWriter.document(3).filler(filler);
        int position = pdf.position();
        return pdf.table("/Root 1 0 R").end(position);
    }

    @Test
    void pdf_smallOrLarge_isKeptWithItsPages() throws IOException {
        for (int filler : new int[] {10, 300_000}) {
            StoredFile file = files.store("Query.scan", FileSource.of(pdf(filler)));

            assertThat(file.mimeType()).isEqualTo("application/pdf");
            assertThat(file.facts()).isEqualTo(FileFacts.none().withPages(3));
            assertThat(StoredFile.fromJson(file.toJson()).facts().pages()).isEqualTo(3);
        }
    }

    @Test
    void damagedPdf_isTaken_withoutPages() throws IOException {
        StoredFile file = files.store("Query.scan", FileSource.of(Samples.ascii("%PDF-1.7\n and nothing else")));

        assertThat(file.facts()).isEqualTo(FileFacts.none());
    }

    /** The rules are about pictures, and a PDF has no size in pixels. */
    @Test
    void pictureThatBreaksTheRules_isRefusedAsBefore() {
        assertThatThrownBy(() -> files.store("Query.scan", FileSource.of(Samples.bomb(2000, 2000))))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("pixels");
        assertThat(store.keys()).isEmpty();
    }
}
