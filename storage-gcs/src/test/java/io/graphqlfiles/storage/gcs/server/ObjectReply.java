package io.graphqlfiles.storage.gcs.server;

import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of an object, or a range of them. */
final class ObjectReply {

    private static final DateTimeFormatter LAST_MODIFIED =
            DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,19})-(\\d{0,19})");

    private ObjectReply() {}

    static Reply of(StoredObject object, Request request) {
        long from = 0;
        long to = object.size() - 1;
        Matcher range = RANGE.matcher(String.valueOf(request.header("Range")));
        boolean isRange = range.matches();
        if (isRange && range.group(1).isEmpty()) {
            from = Math.max(0, object.size() - Long.parseLong(range.group(2)));
        } else if (isRange) {
            from = Long.parseLong(range.group(1));
            to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)));
        }
        if (isRange && from >= object.size()) {
            throw new Refusal(
                    416, "requestedRangeNotSatisfiable", "InvalidRange", "The requested range cannot be satisfied.");
        }
        long start = from;
        Reply reply = Reply.stream(isRange ? 206 : 200, to - from + 1, () -> {
            FileChannel file = FileChannel.open(object.content(), StandardOpenOption.READ);
            return Channels.newInputStream(file.position(start));
        });
        if (isRange) {
            reply.header("Content-Range", "bytes " + from + "-" + to + "/" + object.size());
        }
        String disposition = request.parameter("response-content-disposition");
        return reply.header("Content-Type", object.meta("contentType"))
                .header("Content-Disposition", disposition == null ? object.meta("contentDisposition") : disposition)
                .header("Content-Encoding", object.meta("contentEncoding"))
                .header("Cache-Control", object.meta("cacheControl"))
                .header("Accept-Ranges", "bytes")
                .header("ETag", '"' + object.etag() + '"')
                .header("x-goog-generation", Long.toString(object.generation()))
                .header("Last-Modified", LAST_MODIFIED.format(object.createdAt()))
                .header("x-goog-metageneration", "1")
                .header("x-goog-stored-content-length", Long.toString(object.size()))
                .header("x-goog-hash", "crc32c=" + object.crc32c());
    }
}
