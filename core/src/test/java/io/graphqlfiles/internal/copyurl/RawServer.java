package io.graphqlfiles.internal.copyurl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers one connection after the other with bytes that no proper HTTP server would send. */
final class RawServer implements AutoCloseable {

    interface Script {
        void answer(OutputStream out) throws IOException;
    }

    final AtomicInteger hits = new AtomicInteger();
    /** What was asked for, in order. */
    final List<String> targets = new CopyOnWriteArrayList<>();
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

    private void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                targets.add(head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/")));
                return;
            }
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
