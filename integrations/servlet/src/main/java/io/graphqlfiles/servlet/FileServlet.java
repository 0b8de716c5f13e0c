package io.graphqlfiles.servlet;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The file endpoint in a servlet container: to be mapped at the base path of the URLs, for example {@code /files/*}.
 * Blocks its thread for as long as the bytes take; needs neither sessions nor multipart configuration. Let no filter
 * before it ask for a log-in: the signature in a URL is the permission.
 */
public final class FileServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient GraphQLFiles files;

    /** Serves what the library's own endpoint serves. */
    public FileServlet(GraphQLFiles files) {
        this.files = requireNonNull(files, "files");
    }

    /** Overridden as a whole: the inherited one answers HEAD and OPTIONS on its own. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (FileEndpointResponse answer = files.server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        request.getMethod(),
                        pathBelowMapping(request),
                        request.getQueryString(),
                        request::getHeader,
                        request.getInputStream(),
                        request.getContentLengthLong()))) {
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            if (answer.status() >= 400 && mayHaveBodyUnderWay(request)) {
                // Status and headers now, the last byte later: containers end the request together with the response.
                response.flushBuffer();
                // A client that sends all of an upload before it reads would otherwise find a broken connection.
                files.server().drain(request.getInputStream());
            }
            answer.writeTo(response.getOutputStream());
        }
    }

    /** A client that waits for permission to send its body has none to drain. */
    private static boolean mayHaveBodyUnderWay(HttpServletRequest request) {
        return request.getContentLengthLong() != 0 && request.getHeader("Expect") == null;
    }

    /**
     * As it came, before the container decoded anything. A path that does not start with the mapping's own spelling
     * names no file.
     */
    private static String pathBelowMapping(HttpServletRequest request) {
        String mapping = request.getContextPath() + request.getServletPath();
        String path = request.getRequestURI();
        return path.startsWith(mapping) ? path.substring(mapping.length()) : "";
    }
}
