package io.graphqlfiles.compatibility.day.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.FileException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import java.io.IOException;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

// tag::endpoint
@RestController
class ReportEndpoint {

    private final Reports reports;
    private final GraphQLFiles files;

    ReportEndpoint(Reports reports, GraphQLFiles files) {
        this.reports = reports;
        this.files = files;
    }

    /** Through this server. To send clients to the store instead, answer with a redirect to files.url(document). */
    @GetMapping("/reports/{id}/document")
    ResponseEntity<InputStreamResource> document(@PathVariable String id) {
        StoredFile document = reports.find(id).document();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.mimeType()))
                .contentLength(document.byteSize())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(document.fileName(), UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .body(new InputStreamResource(files.open(document)));
    }

    /** Outside of GraphQL nobody watches what becomes of the change: its files are this method's business. */
    @PutMapping("/reports/{id}/document")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void replaceDocument(@PathVariable String id, @RequestPart MultipartFile document) throws IOException {
        StoredFile stored = files.store(
                "Report.document",
                FileSource.of(document::getInputStream)
                        .withFileName(document.getOriginalFilename())
                        .withMimeType(document.getContentType()));
        Report before;
        try {
            before = reports.replaceDocument(id, stored);
        } catch (RuntimeException e) {
            files.delete(stored);
            throw e;
        }
        if (before.document() != null) {
            files.delete(before.document());
        }
    }

    @ExceptionHandler
    ResponseEntity<String> refused(FileException refusal) {
        return ResponseEntity.badRequest().body(refusal.code() + ": " + refusal.getMessage());
    }
}
// end::endpoint
