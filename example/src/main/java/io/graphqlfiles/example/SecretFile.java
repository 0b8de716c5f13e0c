package io.graphqlfiles.example;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets the example start without anything set up: when no {@code graphql.files.secret} is given, a random one is made
 * on the first start and kept in a file that only this user can read, so that signed URLs outlive a restart. A real
 * application gets its secret from where it gets its database password.
 */
final class SecretFile implements EnvironmentPostProcessor, Ordered {

    private static final String SECRET = "graphql.files.secret";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String file = environment.getProperty("catalogue.secret-file");
        boolean configured = Binder.get(environment)
                .bind(SECRET, Bindable.listOf(String.class))
                .isBound();
        if (file == null || configured) {
            return;
        }
        try {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("secretFile", Map.of(SECRET, readOrMake(Path.of(file)))));
        } catch (IOException e) {
            throw new UncheckedIOException("the secret can neither be read from nor written to " + file, e);
        }
    }

    /** After application.yml has been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    private static String readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Set<OpenOption> createOnly = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (SeekableByteChannel channel = Files.newByteChannel(file, createOnly, ownerOnly(file))) {
                channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(random)));
            }
        }
        return Files.readString(file).strip();
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? List.of(asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                        .toArray(FileAttribute<?>[]::new)
                : new FileAttribute<?>[0];
    }
}
