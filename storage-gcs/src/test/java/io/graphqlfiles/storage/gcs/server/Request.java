package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** What a client sent. */
final class Request {

    private final String method;
    private final String rawPath;
    private final List<Parameter> parameters;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final InputStream body;

    /** One of the query, decoded. */
    record Parameter(String name, String value) {}

    Request(HttpExchange exchange) {
        this(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestBody());
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
    }

    Request(String method, String rawPath, String rawQuery, InputStream body) {
        this.method = method;
        this.rawPath = rawPath;
        this.parameters = parse(rawQuery);
        this.body = body;
    }

    String method() {
        return method;
    }

    String rawPath() {
        return rawPath;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    boolean has(String parameter) {
        return parameters.stream().anyMatch(p -> p.name.equals(parameter));
    }

    /** A parameter of the query; null if it is not there. */
    String parameter(String name) {
        return parameters.stream()
                .filter(p -> p.name.equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse(null);
    }

    Map<String, String> headers() {
        return headers;
    }

    String header(String name) {
        return headers.get(name);
    }

    InputStream body() {
        return body;
    }

    /** The body, uncompressed where the client said that it compressed it for the way. */
    InputStream uncompressedBody() throws IOException {
        return "gzip".equals(header("Content-Encoding")) ? new GZIPInputStream(body) : body;
    }

    /** @throws EOFException if the body is shorter than announced: the client went away */
    long copyBody(OutputStream out) throws IOException {
        long length = body.transferTo(out);
        String announced = header("Content-Length");
        if (announced != null && Long.parseLong(announced) != length) {
            throw new EOFException("the client went away");
        }
        return length;
    }

    /** Segments of the path, decoded; what follows the last that was asked for is one, slashes included. */
    List<String> segments(int count) {
        List<String> segments = new ArrayList<>();
        for (String segment : rawPath.substring(1).split("/", count)) {
            segments.add(decode(segment.replace("+", "%2B")));
        }
        return segments;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private static List<Parameter> parse(String query) {
        List<Parameter> parsed = new ArrayList<>();
        if (query != null && !query.isEmpty()) {
            for (String parameter : query.split("&", -1)) {
                int end = parameter.indexOf('=');
                parsed.add(
                        end < 0
                                ? new Parameter(decode(parameter), "")
                                : new Parameter(
                                        decode(parameter.substring(0, end)), decode(parameter.substring(end + 1))));
            }
        }
        return parsed;
    }
}
