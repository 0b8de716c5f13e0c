package io.graphqlfiles.benchmarks;

import io.graphqlfiles.internal.mime.ContentTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding a file's type in its first bytes, beside Tika. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Pages of a growing heap that are touched for the first time cost more than the search.
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DetectionBenchmark {

    private static final int KILOBYTE = 1024;
    private static final int PREFIX = ContentTypes.PREFIX_LENGTH;
    private static final String TEXT = "The quick brown fox jumps over the lazy dog, and Writes to Mr. Miller.\n";

    /** The last ones are made to take long. */
    @Param({
        "text 1 KB",
        "PNG 1 KB",
        "text",
        "random",
        "zip",
        "XML",
        "MP4",
        "zeros",
        "M",
        "<",
        "blanks",
        "line feeds",
        "zip headers",
        "comment",
        "expression"
    })
    String content = "";

    private final MimeTypes tika = MimeTypes.getDefaultMimeTypes();
    private byte[] bytes = {};

    @Setup
    public void make() {
        bytes = switch (content) {
            case "text 1 KB" -> repeated("", TEXT, KILOBYTE);
            case "PNG 1 KB" -> random("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", KILOBYTE);
            case "text" -> repeated("", TEXT, PREFIX);
            case "random" -> random("\u0081", PREFIX);
            case "zip" -> random("PK\3\4\24\0\0\0\10\0", PREFIX);
            case "XML" -> repeated("<?xml version='1.0'?><list>", "<item a='1'>text</item>\n", PREFIX);
            case "MP4" -> random("\0\0\0\30ftypisom\0\0\2\0isomiso2", PREFIX);
            case "zeros" -> new byte[PREFIX];
            case "M", "<" -> repeated("", content, PREFIX);
            case "blanks" -> repeated("", " ", PREFIX);
            case "line feeds" -> repeated("", "\n", PREFIX);
            case "zip headers" -> repeated("", "PK\3\4", PREFIX);
            case "comment" -> repeated("<?xml version='1.0'?><!-- ", TEXT, PREFIX);
            case "expression" -> repeated("999\n".repeat(8), " ", PREFIX);
            default -> throw new IllegalStateException(content);
        };
    }

    @Benchmark
    public List<String> graphqlFiles() {
        return ContentTypes.find(bytes, bytes.length, null, null);
    }

    @Benchmark
    public String tika() throws IOException {
        return tika.detect(new ByteArrayInputStream(bytes), new Metadata()).toString();
    }

    private static byte[] repeated(String head, String unit, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(unit.repeat(length / unit.length() + 1).getBytes(StandardCharsets.ISO_8859_1));
        return Arrays.copyOf(out.toByteArray(), length);
    }

    private static byte[] random(String head, int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }
}
