package io.graphqlfiles.storage.azure.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Azurite, the vendor's emulator of Blob Storage: a process of its own on a free port of the loopback interface, that
 * keeps everything in memory. npm installs it into the module's {@code target}, from a lock file, once.
 *
 * <p>Without npm the tests that need it are left out, except with {@code GRAPHQL_FILES_REQUIRE_AZURITE=true}: they fail
 * then.
 */
public final class Azurite implements AutoCloseable {

    private static final String ACCOUNT = "filestests";
    /** The account is in it, as in the names of the service; the file {@code hosts} says where it is. */
    private static final String HOST = ACCOUNT + ".blob.localhost";

    private static final Path DIRECTORY = Path.of(System.getProperty("azurite.directory", "target/azurite"));

    private final Process process;
    private final URI endpoint;
    private final String key;

    private Azurite(Process process, URI endpoint, String key) {
        this.process = process;
        this.endpoint = endpoint;
        this.key = key;
    }

    /**
     * Starts one.
     *
     * @param directory where it writes what it has to say
     * @param options more of its command line: {@code --oauth basic}
     */
    public static Azurite start(Path directory, String... options) throws IOException, InterruptedException {
        install();
        byte[] secret = new byte[64];
        new SecureRandom().nextBytes(secret);
        String key = Base64.getEncoder().encodeToString(secret);
        IOException last = null;
        for (int attempt = 0; attempt < 5; attempt++) {
            int port = freePort();
            boolean https = Arrays.asList(options).contains("--cert");
            Process process = launch(directory, port, key, options);
            try {
                awaitPort(process, port, directory);
                return new Azurite(
                        process, URI.create((https ? "https" : "http") + "://127.0.0.1:" + port + "/" + ACCOUNT), key);
            } catch (IOException e) {
                // Another process may have taken the port meanwhile.
                process.destroyForcibly();
                last = e;
            }
        }
        throw requireNonNull(last);
    }

    private static Process launch(Path directory, int port, String key, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "node",
                DIRECTORY
                        .resolve("node_modules/azurite/dist/src/blob/main.js")
                        .toAbsolutePath()
                        .toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--inMemoryPersistence",
                "--silent",
                "--disableTelemetry",
                "--skipApiVersionCheck"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(directory).toFile());
        builder.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + key);
        return builder.start();
    }

    private static Path log(Path directory) {
        return directory.resolve("azurite.log");
    }

    private static void awaitPort(Process process, int port, Path directory) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (System.nanoTime() < end) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new IOException("Azurite has ended: " + Files.readString(log(directory)), e);
                }
            }
        }
        throw new IOException("Azurite does not answer: " + Files.readString(log(directory)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Once for each lock file, also if several processes want to. */
    private static void install() throws IOException, InterruptedException {
        requireNpm();
        Files.createDirectories(DIRECTORY);
        try (FileChannel channel = FileChannel.open(
                        DIRECTORY.resolve("install.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Path installed = DIRECTORY.resolve("installed.json");
            byte[] wanted = resource("package-lock.json");
            if (lock.isValid() && Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), wanted)) {
                return;
            }
            Files.write(DIRECTORY.resolve("package.json"), resource("package.json"));
            Files.write(DIRECTORY.resolve("package-lock.json"), wanted);
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
            Files.copy(DIRECTORY.resolve("package-lock.json"), installed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void requireNpm() throws InterruptedException {
        boolean found;
        try {
            found = new ProcessBuilder("npm", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            found = false;
        }
        if (!found && Boolean.parseBoolean(System.getenv("GRAPHQL_FILES_REQUIRE_AZURITE"))) {
            throw new IllegalStateException(
                    "expected node and npm, which install and run Azurite for the tests of storage-azure, found none");
        }
        Assumptions.assumeTrue(found, "there is no npm to install Azurite with");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Azurite.class.getResourceAsStream("/azurite/" + name)) {
            return requireNonNull(in, name).readAllBytes();
        }
    }

    /** Of the account, which is in its path. */
    public URI endpoint() {
        return endpoint;
    }

    /** The same with the account in the name of the host, as with the service. */
    public URI hostStyleEndpoint() {
        return URI.create(endpoint.getScheme() + "://" + HOST + ":" + endpoint.getPort());
    }

    public String account() {
        return ACCOUNT;
    }

    public String key() {
        return key;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
