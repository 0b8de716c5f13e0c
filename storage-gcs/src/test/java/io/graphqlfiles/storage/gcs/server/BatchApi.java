package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Several requests of the JSON API in one.
 *
 * @see <a href="https://cloud.google.com/storage/docs/batch">Batch requests</a>
 */
final class BatchApi {

    private static final int MAX = 100;

    private BatchApi() {}

    static Reply answer(Request request, Function<Request, Reply> each) throws IOException {
        String boundary = request.header("Content-Type").replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
        String body = new String(request.uncompressedBody().readAllBytes(), UTF_8);
        StringBuilder answers = new StringBuilder();
        int count = 0;
        for (String part : body.split("(?:^|\r\n)--" + Pattern.quote(boundary), -1)) {
            if (part.isBlank() || part.startsWith("--")) {
                continue;
            }
            if (++count > MAX) {
                throw Refusal.invalid("InvalidArgument", "The batch has more than " + MAX + " requests.");
            }
            Reply reply = each.apply(parse(part));
            answers.append("--answers\r\nContent-Type: application/http\r\nContent-ID: <response-" + count);
            answers.append(">\r\n\r\nHTTP/1.1 ").append(reply.status()).append(" Answer\r\n");
            reply.headers().forEach((name, value) -> answers.append(name + ": " + value + "\r\n"));
            answers.append("Content-Length: ").append(reply.length()).append("\r\n\r\n");
            try (InputStream in = reply.open()) {
                answers.append(new String(in.readAllBytes(), UTF_8)).append("\r\n");
            }
        }
        return Reply.text(200, "multipart/mixed; boundary=answers", answers + "--answers--\r\n");
    }

    private static Request parse(String part) throws IOException {
        InputStream in = new ByteArrayInputStream(part.strip().getBytes(UTF_8));
        String line = JsonApi.readLine(in);
        while (!line.isEmpty()) {
            line = JsonApi.readLine(in);
        }
        String[] start = JsonApi.readLine(in).split(" ", -1);
        String target = start[1].replaceFirst("^https?://[^/]+", "");
        int query = target.indexOf('?');
        return new Request(
                start[0],
                query < 0 ? target : target.substring(0, query),
                query < 0 ? null : target.substring(query + 1),
                InputStream.nullInputStream());
    }
}
