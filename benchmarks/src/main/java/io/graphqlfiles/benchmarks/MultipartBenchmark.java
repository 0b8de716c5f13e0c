package io.graphqlfiles.benchmarks;

import io.graphqlfiles.internal.multipart.MultipartParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** Parsing a body with one file, beside reading it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MultipartBenchmark {

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    @Param({"1024", "10485760"})
    int size;

    /** Random bytes, and the worst that is likely: text in which every line begins like a delimiter. */
    @Param({"random", "lines"})
    String content = "";

    private byte[] body = {};
    private final byte[] buffer = new byte[64 * 1024];

    @Setup
    public void build() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 1000);
        out.write(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{}\r\n--" + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.bin\"\r\n"
                                + "Content-Type: application/octet-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] file = new byte[size];
        if (content.equals("random")) {
            new Random(1).nextBytes(file);
        } else {
            byte[] line = "\r\n------WebKit some text".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < size; i++) {
                file[i] = line[i % line.length];
            }
        }
        out.write(file);
        out.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        body = out.toByteArray();
    }

    @Benchmark
    public long parse() throws IOException {
        MultipartParser parser = new MultipartParser(new ByteArrayInputStream(body), BOUNDARY);
        long length = 0;
        while (parser.nextPart() != null) {
            for (int read = parser.read(buffer, 0, buffer.length); read >= 0; ) {
                length += read;
                read = parser.read(buffer, 0, buffer.length);
            }
        }
        return length;
    }

    @Benchmark
    public long readOnly() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(body);
        long length = 0;
        for (int read = in.read(buffer, 0, buffer.length); read >= 0; ) {
            length += read;
            read = in.read(buffer, 0, buffer.length);
        }
        return length;
    }
}
