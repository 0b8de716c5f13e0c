package io.graphqlfiles.internal.copyurl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers one connection after the other with bytes that no proper HTTP server would send. */
final class RawServer implements AutoCloseable {

    interface Script {
        void answer(OutputStream out) throws IOException;
    }

    final AtomicInteger hits = new AtomicInteger();
    /** Open once the client has closed its side. */
    final CountDownLatch brokenOff = new CountDownLatch(1);

    private final ServerSocket server;
    private final Thread thread;
    private volatile Socket current;

    RawServer(Script script) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.2"));
        this.thread = new Thread(() -> serve(script), "raw-server");
        thread.start();
    }

    static Script text(String answer) {
        return out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void serve(Script script) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                current = socket;
                hits.incrementAndGet();
                readHead(socket.getInputStream());
                script.answer(socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (IOException e) {
                brokenOff.countDown();
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int newLines = 0;
        for (int c = in.read(); c >= 0 && newLines < 2; c = newLines < 2 ? in.read() : c) {
            newLines = c == '\n' ? newLines + 1 : c == '\r' ? newLines : 0;
        }
    }

    URI url() {
        return URI.create("http://127.0.0.2:" + server.getLocalPort() + "/file.bin");
    }

    @Override
    public void close() throws IOException {
        server.close();
        Socket open = current;
        if (open != null) {
            open.close();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
