package io.graphqlfiles.storage.gcs.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * What other origins' pages may do, by a bucket's {@code cors}.
 *
 * @see <a href="https://cloud.google.com/storage/docs/cross-origin">Cross-origin resource sharing</a>
 */
final class Cors {

    private Cors() {}

    /** Adds what a browser asks for to an answer. */
    static Reply permit(Request request, JsonNode bucket, Reply reply) {
        boolean isPreflight = request.method().equals("OPTIONS");
        String origin = request.header("Origin");
        String method = isPreflight ? request.header("Access-Control-Request-Method") : request.method();
        List<String> headers = isPreflight ? names(request.header("Access-Control-Request-Headers")) : List.of();
        if (origin == null || method == null) {
            return reply;
        }
        for (JsonNode rule : bucket.path("cors")) {
            List<String> allowed = texts(rule.path("responseHeader"));
            boolean fits = (texts(rule.path("origin")).contains("*")
                            || texts(rule.path("origin")).contains(origin))
                    && (texts(rule.path("method")).contains("*")
                            || texts(rule.path("method")).contains(method))
                    && (allowed.contains("*")
                            || allowed.stream().map(Cors::lower).toList().containsAll(headers));
            if (fits) {
                reply.header("Access-Control-Allow-Origin", origin).header("Vary", "Origin");
                return isPreflight
                        ? reply.header("Access-Control-Allow-Methods", method)
                                .header("Access-Control-Allow-Headers", String.join(",", headers))
                                .header(
                                        "Access-Control-Max-Age",
                                        rule.path("maxAgeSeconds").asText("3600"))
                        : reply.header("Access-Control-Expose-Headers", String.join(",", allowed));
            }
        }
        return reply;
    }

    private static List<String> names(String header) {
        return header == null
                ? List.of()
                : Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .map(Cors::lower)
                        .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
