package io.graphqlfiles.attachments.jdbc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One MariaDB server for all tests of this JVM, started when it is first needed and stopped with the JVM. */
final class MariaDb {

    private static final long START_SECONDS = 120;

    private MariaDb() {}

    /** Begins when somebody needs a database; to look for the server starts none. */
    private static final class Running {
        static final String URL = start();
    }

    /** The server's program; null if none is installed. */
    static @Nullable Path server() {
        return program("mariadbd");
    }

    /** Makes an empty database and tells its address. */
    static String newDatabase() {
        String name = UniqueNames.next();
        try (Connection connection = DriverManager.getConnection(Running.URL + "?user=root");
                Statement statement = connection.createStatement()) {
            // A default that the tables must not take over: it knows no case.
            statement.execute("CREATE DATABASE " + name + " CHARACTER SET latin1 COLLATE latin1_swedish_ci");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Running.URL + name + "?user=root";
    }

    private static @Nullable Path program(String name) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static Path require(String name) {
        Path program = program(name);
        if (program == null) {
            throw new IllegalStateException("expected " + name + " of a MariaDB server, found none; on Debian:"
                    + " apt-get install mariadb-server");
        }
        return program;
    }

    private static String start() {
        Path home = null;
        try {
            home = Files.createTempDirectory("mariadb");
            String user = System.getProperty("user.name");
            Process install = run(
                    home,
                    require("mariadb-install-db").toString(),
                    "--no-defaults",
                    "--datadir=" + home.resolve("data"),
                    "--user=" + user,
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db");
            if (!install.waitFor(START_SECONDS, TimeUnit.SECONDS) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new IllegalStateException("mariadb-install-db failed: " + log(home));
            }
            int port = freePort();
            Process server = run(
                    home,
                    require("mariadbd").toString(),
                    "--no-defaults",
                    "--datadir=" + home.resolve("data"),
                    "--user=" + user,
                    "--socket=" + home.resolve("socket"),
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--max-connections=300",
                    // The machine does not stop in these tests.
                    "--innodb-flush-log-at-trx-commit=0");
            Path started = home;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, started)));
            String url = "jdbc:mariadb://127.0.0.1:" + port + "/";
            awaitConnection(url, server, home);
            return url;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Process run(Path home, String... command) throws IOException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitConnection(String url, Process server, Path home)
            throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                DriverManager.getConnection(url + "?user=root").close();
                return;
            } catch (SQLException e) {
                // Waits for the end of the process, which is not to come, rather than only for the time to pass.
                if (server.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                    throw new IllegalStateException("mariadbd did not start: " + log(home), e);
                }
            }
        }
    }

    private static String log(Path home) throws IOException {
        return Files.readString(home.resolve("log"));
    }

    private static void stop(Process server, Path home) {
        server.destroy();
        try {
            if (!server.waitFor(30, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
            }
            try (Stream<Path> files = Files.walk(home)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
