package io.graphqlfiles.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The catalogue on a free port, with everything it keeps below one directory. */
final class Server implements AutoCloseable {

    private final Path directory;
    private final ConfigurableApplicationContext context;

    private Server(Path directory, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.context = context;
    }

    static Server start(Path directory, String... arguments) {
        return startOn("jdbc:h2:file:" + directory.resolve("catalogue"), directory, arguments);
    }

    static Server startOn(String databaseUrl, Path directory, String... arguments) {
        return new Server(
                directory,
                SpringApplication.run(
                        CatalogueApplication.class,
                        Stream.concat(Stream.of(arguments), arguments(databaseUrl, directory).stream())
                                .toArray(String[]::new)));
    }

    /** What to start the catalogue with. */
    static List<String> arguments(String databaseUrl, Path directory) {
        return List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + databaseUrl,
                "--graphql.files.fs.root=" + directory.resolve("files"),
                "--graphql.files.copy-url.allowed-networks=127.0.0.1/32",
                "--catalogue.secret-file=" + directory.resolve("secret"));
    }

    Client client() {
        return new Client(port());
    }

    int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** Every file below the root of the store. */
    Set<Path> stored() {
        try (Stream<Path> files = Files.walk(directory.resolve("files"))) {
            return files.filter(Files::isRegularFile).collect(TreeSet::new, Set::add, Set::addAll);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
