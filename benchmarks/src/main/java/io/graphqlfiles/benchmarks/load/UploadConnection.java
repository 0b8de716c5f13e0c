package io.graphqlfiles.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/**
 * One connection to a server, kept for any number of uploads. Sends from memory outside of the heap and knows only as
 * much HTTP as these servers speak, so as to take little from the processor that it shares with them. Not thread-safe.
 */
final class UploadConnection implements AutoCloseable {

    /** Random bytes, so that all that looks like a delimiter occurs as often as by chance. */
    private static final ByteBuffer CONTENT = content(false);

    private static final ByteBuffer LETTERS = content(true);

    private final SocketChannel channel;
    private final Contender contender;
    private final ByteBuffer content;
    private final ByteBuffer answer = ByteBuffer.allocate(16 * 1024);

    UploadConnection(ServerProcess server) throws IOException {
        this.contender = server.contender();
        this.content = (contender.takesLettersOnly() ? LETTERS : CONTENT).duplicate();
        this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private static ByteBuffer content(boolean lettersOnly) {
        byte[] bytes = new byte[256 * 1024];
        new Random(42).nextBytes(bytes);
        if (lettersOnly) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) ('a' + (bytes[i] & 15));
            }
        }
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }

    /** Uploads a file of the given size, and checks that the server has got all of it. */
    void upload(long size) throws IOException {
        begin(size, size);
        finish(size, 0);
    }

    /** Sends the head of a request and the first bytes of its file. */
    void begin(long size, long first) throws IOException {
        byte[] head = contender.head(size);
        if (size <= 32 * 1024 && first == size) {
            // One packet, as clients send small requests.
            byte[] tail = contender.tail();
            ByteBuffer all = ByteBuffer.allocate(head.length + (int) size + tail.length);
            all.put(head).put(content.duplicate().limit((int) size)).put(tail).flip();
            send(all);
        } else {
            send(ByteBuffer.wrap(head));
            sendContent(first);
            if (first == size) {
                send(ByteBuffer.wrap(contender.tail()));
            }
        }
    }

    /** Sends the rest of the file, if there is any, and reads the answer. */
    void finish(long size, long rest) throws IOException {
        if (rest > 0) {
            sendContent(rest);
            send(ByteBuffer.wrap(contender.tail()));
        }
        String body = receive();
        if (!body.matches("(?s).*\\b" + size + "\\b.*") || body.contains("\"errors\"")) {
            throw new IOException(contender.title() + ": expected the size " + size + ", found " + body);
        }
    }

    private void sendContent(long size) throws IOException {
        for (long rest = size; rest > 0; ) {
            content.position(0).limit((int) Math.min(content.capacity(), rest));
            rest -= content.remaining();
            send(content);
        }
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) < 0) {
                throw new EOFException("the server has closed the connection");
            }
        }
    }

    private String receive() throws IOException {
        answer.clear();
        while (true) {
            if (channel.read(answer) < 0) {
                throw new EOFException("the server has closed the connection before its answer");
            }
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0 && isComplete(text.substring(0, end).toLowerCase(Locale.ROOT), text.substring(end + 4))) {
                if (!text.startsWith("HTTP/1.1 200")) {
                    throw new IOException(contender.title() + ": expected 200, found " + text);
                }
                return text.substring(end + 4);
            }
        }
    }

    private static boolean isComplete(String headers, String body) {
        int length = headers.indexOf("\r\ncontent-length: ");
        if (length >= 0) {
            String value = headers.substring(length + 18).split("\r\n", 2)[0];
            return body.length() >= Integer.parseInt(value.strip());
        }
        return body.endsWith("0\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
