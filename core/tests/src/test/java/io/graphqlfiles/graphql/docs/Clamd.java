package io.graphqlfiles.graphql.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The daemon of ClamAV on a free port, with a database of one signature. It can go away and come back. */
public final class Clamd implements AutoCloseable {

    /** In two pieces, so that scanners leave this file alone. */
    public static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private static final Path PROGRAM = Path.of("/usr/sbin/clamd");

    private final Path directory;
    private final InetSocketAddress address;
    private Process daemon;

    private Clamd(Path directory, InetSocketAddress address) {
        this.directory = directory;
        this.address = address;
    }

    /** Whether it can be started here: {@code apt-get install clamav-daemon}. */
    public static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** Starts one that scans at most a megabyte, and waits until it answers. */
    public static Clamd start(Path directory) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path database = Files.createDirectory(directory.resolve("database"));
        Files.writeString(database.resolve("eicar.hdb"), "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n");
        Files.writeString(directory.resolve("clamd.conf"), """
                Foreground yes
                TCPAddr 127.0.0.1
                TCPSocket %d
                DatabaseDirectory %s
                StreamMaxLength 1M
                """.formatted(port, database));
        Clamd clamd = new Clamd(directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        clamd.comeBack();
        return clamd;
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Starts it again, and waits until it answers. */
    public void comeBack() throws IOException {
        daemon = new ProcessBuilder(PROGRAM.toString(), "--config-file=" + directory.resolve("clamd.conf"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("clamd.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!answers()) {
            assertThat(daemon.isAlive()).as(this::log).isTrue();
            assertThat(System.nanoTime()).as("clamd answers in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** Ends it, and waits until it has. */
    public void goAway() {
        close();
    }

    @Override
    public void close() {
        daemon.destroyForcibly().onExit().join();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("clamd.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
