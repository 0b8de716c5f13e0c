package io.graphqlfiles.compatibility.day.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spring.test.FileUploads;
import io.graphqlfiles.spring.test.TestFile;
import io.graphqlfiles.spring.test.TestFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.graphql.test.autoconfigure.tester.AutoConfigureHttpGraphQlTester;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** What docs/own-code.md shows. */
@SpringBootTest(properties = "spring.graphql.schema.locations=classpath:reports/")
@AutoConfigureMockMvc
@AutoConfigureHttpGraphQlTester
class ReportsTest {

    private static final String CREATE =
            "mutation ($title: String!, $lines: [String!]!) { createReport(title: $title, lines: $lines) { id document { mimeType } } }";

    @Autowired
    HttpGraphQlTester tester;

    @Autowired
    MockMvc mvc;

    @Autowired
    Reports reports;

    @Autowired
    ReportImport reportImport;

    @Autowired
    TestFileStore store;

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void createReport_keepsWhatItHasMade() {
        Report report = create("Sales");

        assertThat(store).holdsOnly(TestFile.text("report.csv", "a,b\n1,2"));
        assertThat(store).holds(report.document());
        assertThat(report.document().mimeType()).isEqualTo("text/csv");
    }

    @Test
    void createReport_thatFailsAfterStoring_leavesNothing() {
        tester.document(CREATE)
                .variable("title", " ")
                .variable("lines", List.of("a,b", "1,2"))
                .execute()
                .errors()
                .expect(error -> error.getPath().equals("createReport"));

        assertThat(store).isEmpty();
    }

    @Test
    void copyReport_hasAFileOfItsOwn() {
        Report original = create("Sales");

        String id = tester.document("mutation ($id: ID!) { copyReport(id: $id) { id } }")
                .variable("id", original.id())
                .execute()
                .path("copyReport.id")
                .entity(String.class)
                .get();

        StoredFile copy = reports.find(id).document();
        assertThat(copy.key()).isNotEqualTo(original.document().key());
        assertThat(store.content(copy)).isEqualTo(store.content(original.document()));
    }

    @Test
    void createPhoto_hasAThumbnail() {
        FileUploads.with(tester)
                .document(
                        "mutation ($image: StoredFileInput!) { createPhoto(title: \"Cup\", image: $image) { thumbnail { mimeType } } }")
                .variable("image", Map.of("file", TestFile.png("cup.png")))
                .execute()
                .path("createPhoto.thumbnail.mimeType")
                .entity(String.class)
                .isEqualTo("image/png");

        assertThat(store).hasSize(2);
    }

    @Test
    void endpoint_servesTheDocument() throws Exception {
        Report report = create("Sales");

        mvc.perform(get("/reports/{id}/document", report.id()))
                .andExpect(status().isOk())
                .andExpect(content().bytes("a,b\n1,2".getBytes(UTF_8)))
                .andExpect(header().string("Content-Type", "text/csv"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void endpoint_takesADocument_andDeletesTheOneBefore() throws Exception {
        Report report = create("Sales");
        TestFile replacement = TestFile.text("new.csv", "c,d\n3,4");

        put(report.id(), replacement).andExpect(status().isNoContent());

        assertThat(store).holdsOnly(replacement).doesNotHold(report.document());
    }

    @Test
    void endpoint_refusesWhatTheFieldRefuses() throws Exception {
        Report report = create("Sales");

        put(report.id(), TestFile.png("cup.png"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(startsWith("FILE_TYPE_NOT_ACCEPTED: ")));

        assertThat(store).hasSize(1).holds(report.document());
    }

    @Test
    void importAll_tellsWhatWasRefused(@TempDir Path directory) throws IOException {
        Path picture = Files.write(
                directory.resolve("cup.png"), TestFile.png("cup.png").content());
        Files.writeString(directory.resolve("sales.csv"), "a,b\n1,2");

        List<Path> refused = reportImport.importAll(directory);

        assertThat(refused).containsExactly(picture);
        assertThat(store).holdsOnly(TestFile.text("sales.csv", "a,b\n1,2"));
    }

    private ResultActions put(String id, TestFile file) throws Exception {
        return mvc.perform(multipart(HttpMethod.PUT, "/reports/{id}/document", id)
                .file(new MockMultipartFile("document", file.fileName(), file.mimeType(), file.content())));
    }

    private Report create(String title) {
        String id = tester.document(CREATE)
                .variable("title", title)
                .variable("lines", List.of("a,b", "1,2"))
                .execute()
                .path("createReport.id")
                .entity(String.class)
                .get();
        return reports.find(id);
    }
}
