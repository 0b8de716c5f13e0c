package io.graphqlfiles.compatibility.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Promises a megabyte to whoever connects, and sends a byte a second of it. */
final class TricklingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> sending;

    TricklingServer() {
        try {
            socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "trickling server");
        acceptor.setDaemon(true);
        acceptor.start();
        sending = pace.scheduleAtFixedRate(this::trickle, 1, 1, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/a.txt";
    }

    int clients() {
        return clients.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                client.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(US_ASCII));
                clients.add(client);
            } catch (IOException e) {
                // Closed, by one side or the other.
            }
        }
    }

    private void trickle() {
        clients.removeIf(client -> {
            try {
                client.getOutputStream().write('x');
                return false;
            } catch (IOException e) {
                close(client);
                return true;
            }
        });
    }

    @Override
    public void close() {
        sending.cancel(false);
        pace.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clients.forEach(TricklingServer::close);
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
