package io.graphqlfiles.storage.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.maintenance.MigrateOptions;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.storage.fs.FileSystemBlobStore;
import io.graphqlfiles.storage.s3.server.S3Server;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Two thousand files move from a directory to a bucket, by a process that is killed ten times, while another one
 * stores, reads and deletes files. In the end every byte is where it belongs, and nothing else is there.
 *
 * <p>The seed is printed, and taken from the system property {@code killTest.seed} where that is set.
 */
class KilledMigrationTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledMigrationTest.class);

    private static final int FILES = 2000;
    private static final int KILLS = 10;
    /** How many files a process may copy, about, before it is killed. */
    private static final int COPIED_BEFORE = 150;
    /** What the application does in the life of each of these processes. */
    private static final int USES = 20;

    private static final Pattern PROGRESS = Pattern.compile("migrate default: (\\d+) of .*");

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("killTest.seed", System.nanoTime());

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void migrate_killedTenTimes_whileFilesComeAndGo_losesNothingAndKeepsNothing() throws Exception {
        LOG.info("seed {}", seed);
        try (S3Server server = S3Server.open();
                S3Client client = Clients.ordinary(server)) {
            FileSystemBlobStore old = FileSystemBlobStore.at(directory);
            S3BlobStore young = MigratingShop.bucket(client, server.bucket());
            Files files = new Files();
            try (GraphQLFiles before = MigratingShop.files(old, null)) {
                for (int i = 0; i < FILES; i++) {
                    files.store(before);
                }
            }
            try (GraphQLFiles application = MigratingShop.files(young, old)) {
                Semaphore uses = new Semaphore(0);
                CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> files.use(application, uses));
                killAgainAndAgain(server, uses);
                clients.get(5, TimeUnit.MINUTES);
                assertThat(application
                                .maintenance()
                                .migrate(MigrateOptions.newMigrateOptions().build())
                                .isDone())
                        .isTrue();
            }
            files.check(young);
        }
    }

    private void killAgainAndAgain(S3Server server, Semaphore uses) throws Exception {
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            int atLeast = random.nextInt(COPIED_BEFORE);
            Process process = MigratingShop.process(server, directory).start();
            try {
                uses.release(USES);
                long copied = awaitCopied(process, atLeast);
                LOG.info("kill {} after {} of at least {} files", kill, copied, atLeast);
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        Process last = MigratingShop.process(server, directory).start();
        try {
            String output = new String(last.getInputStream().readAllBytes(), US_ASCII);
            assertThat(last.waitFor()).as(output).isZero();
        } finally {
            last.destroyForcibly();
        }
    }

    /** @throws AssertionError if it ends before: there was too little to do for all kills */
    private static long awaitCopied(Process process, int atLeast) throws IOException {
        BufferedReader output = process.inputReader(US_ASCII);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher progress = PROGRESS.matcher(line);
            if (progress.matches() && Long.parseLong(progress.group(1)) >= atLeast) {
                return Long.parseLong(progress.group(1));
            }
        }
        throw new AssertionError("expected a process that copies, found one that has ended: " + lines);
    }

    /** What the application's columns have, and what the files were made of. */
    private final class Files {

        private final Random random = new Random(seed + 1);
        private final List<StoredFile> kept = new ArrayList<>();
        private final Map<String, Integer> contents = new TreeMap<>();
        private int stored;
        private StoredFile chosen;

        void store(GraphQLFiles application) throws IOException {
            int number = ++stored;
            StoredFile file = application.store(
                    number % 3 == 0 ? "Product.picture" : "Product.manual",
                    FileSource.of(() -> content(number)).withFileName(number + ".bin"));
            kept.add(file);
            contents.put(file.key(), number);
        }

        /** Of a few bytes up to 5 KB, none alike. */
        private InputStream content(int number) {
            byte[] bytes = new byte[number * 7 % 5000];
            new Random(number).nextBytes(bytes);
            return new ByteArrayInputStream(bytes);
        }

        void use(GraphQLFiles application, Semaphore uses) {
            try {
                for (int i = 0; i < KILLS * USES; i++) {
                    uses.acquireUninterruptibly();
                    store(application);
                    requireSame(application.open(anyFile()), contents.get(chosen.key()));
                    application.delete(anyFile());
                    kept.remove(chosen);
                    contents.remove(chosen.key());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private StoredFile anyFile() {
            chosen = kept.get(random.nextInt(kept.size()));
            return chosen;
        }

        private void requireSame(InputStream found, int number) throws IOException {
            try (found) {
                assertThat(found.readAllBytes()).isEqualTo(content(number).readAllBytes());
            }
        }

        void check(BlobStore alone) throws IOException {
            List<String> found = new ArrayList<>();
            for (String prefix : List.of("public/", "private/", "staged/")) {
                String cursor = null;
                do {
                    BlobStore.Page page = alone.list(prefix, cursor, 1000);
                    page.blobs().stream().map(BlobInfo::key).forEach(found::add);
                    cursor = page.nextCursor();
                } while (cursor != null);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(contents.keySet());
            for (StoredFile file : kept) {
                int number = contents.get(file.key());
                requireSame(alone.open(file.key(), ByteRange.whole()), number);
                if (number % 20 == 0) {
                    BlobInfo info = alone.stat(file.key());
                    // A few bytes, or none, may be text, which is kept with its encoding.
                    assertThat(info.contentType()).startsWith(file.mimeType());
                    assertThat(info.contentDisposition()).contains(number + ".bin");
                }
            }
        }
    }
}
