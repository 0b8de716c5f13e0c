package io.graphqlfiles.compatibility.helidon;

import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.server.ServerSupport;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Serves files and takes direct uploads, below the base path. */
final class FileHandler implements Handler {

    private final ServerSupport server;

    FileHandler(ServerSupport server) {
        this.server = server;
    }

    // tag::files
    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        InputStream body = request.content().inputStream();
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
        if (!request.content().consumed()) {
            throw new CloseConnectionException("Helidon would read the rest without limits");
        }
    }

    private static void send(FileEndpointResponse answer, ServerRequest request, ServerResponse response) {
        response.status(answer.status());
        answer.headers().forEach((name, value) -> response.header(name, value));
        boolean hasBody = !answer.headers().getOrDefault("Content-Length", "0").equals("0");
        if (!hasBody || request.prologue().method().equals(Method.HEAD)) {
            response.send();
            return;
        }
        try (OutputStream out = response.outputStream()) {
            answer.writeTo(out);
        } catch (IOException | RuntimeException e) {
            // Or Helidon, if nothing was sent yet, sends an error under the headers of the file.
            throw new CloseConnectionException("The file ended too early", e);
        }
    }
    // end::files
}
