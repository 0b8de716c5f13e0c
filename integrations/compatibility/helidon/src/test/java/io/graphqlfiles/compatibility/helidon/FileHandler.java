package io.graphqlfiles.compatibility.helidon;

import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.server.ServerSupport;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Serves files and takes direct uploads, below the base path. */
final class FileHandler implements Handler {

    private final ServerSupport server;
    private final Duration patience;

    FileHandler(ServerSupport server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    // tag::files
    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        RequestBody body = new RequestBody(request, patience);
        try (FileEndpointResponse answer = server.fileEndpoint()
                .handle(new FileEndpointRequest(
                        request.prologue().method().text(),
                        // As they came: what a URL permits is signed character by character.
                        request.prologue()
                                .uriPath()
                                .rawPath()
                                .substring(server.basePath().length()),
                        request.prologue().query().rawValue(),
                        name -> request.headers()
                                .first(HeaderNames.create(name))
                                .orElse(null),
                        body,
                        request.headers().contentLength().orElse(-1)))) {
            send(answer, request, response);
        }
        server.drain(body);
        body.closeUnlessRead();
    }

    static void send(FileEndpointResponse answer, ServerRequest request, ServerResponse response) throws IOException {
        response.status(answer.status());
        answer.headers().forEach((name, value) -> response.header(name, value));
        boolean hasBody = !answer.headers().getOrDefault("Content-Length", "0").equals("0");
        if (!hasBody || request.prologue().method().equals(Method.HEAD)) {
            response.send();
            return;
        }
        OutputStream out = response.outputStream();
        try {
            answer.writeTo(out);
            out.flush();
        } catch (IOException | RuntimeException e) {
            // Helidon breaks off; or sends an error, if nothing was sent yet, which nobody may keep as the file.
            response.headers().clear();
            throw e;
        }
    }
    // end::files
}
