package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one upload in parts, {@code <root>/.unfinished/<millis>-<id>}, and the names in it:
 *
 * <ul>
 *   <li>{@code upload}: what was begun;
 *   <li>{@code content}: the bytes of all parts, each at its place, as they arrive;
 *   <li>{@code <number>.part}: that a part is whole, its version, and whether it is in its place;
 *   <li>{@code <number>.claim}: somebody writes the part to its place, or died of it;
 *   <li>{@code <number>.<version>}: a part that could not be written to its place, because it was taken;
 *   <li>{@code <random>.facts}: facts of the blob, before they are linked to where it is visible.
 * </ul>
 *
 * <p>Once a part is whole nobody ever writes to its place again. So content whose parts are all whole, in their places
 * and unclaimed does not change any more.
 */
final class PartFiles {

    private static final Pattern UPLOAD_ID = Pattern.compile("\\d{1,18}-[0-9a-f]{32}");
    private static final Pattern PART_NAME = Pattern.compile("([1-9]\\d{0,4})\\.part");
    private static final Pattern PART = Pattern.compile("part 1 (\\d{1,18}) ([0-9a-f]{32}) (here|apart)\n");
    private static final Pattern UPLOAD = Pattern.compile("upload 1 (\\d{1,18}) (\\d{1,18}) (\\S+)\n(.+)\nend\n");
    private static final String HERE = "here";
    private static final String APART = "apart";
    private static final String GONE_SUFFIX = ".gone";
    private static final int ATTEMPTS = 10;

    private final Path directory;
    private final String id;

    private PartFiles(Path directory, String id) {
        this.directory = directory;
        this.id = id;
    }

    /** Makes the directory and writes down what is begun. */
    static PartFiles create(BlobPaths paths, Instant now, PartUploadRequest begin) throws IOException {
        String id = now.toEpochMilli() + "-" + RandomIds.next();
        PartFiles files = new PartFiles(paths.unfinished().resolve(id), id);
        Files.createDirectory(files.directory);
        Files.createFile(files.content());
        Files.writeString(
                files.directory.resolve("upload"),
                String.format(
                        Locale.ROOT,
                        "upload 1 %d %d %s\n%s\nend\n",
                        begin.byteSize(),
                        begin.partByteSize(),
                        begin.key(),
                        begin.contentType()),
                StandardOpenOption.CREATE_NEW);
        return files;
    }

    /**
     * The files of an upload that may or may not exist; null if no upload has such an id.
     *
     * @param uploadId as a client may have made it up
     */
    static @Nullable PartFiles of(BlobPaths paths, String uploadId) throws IOException {
        return UPLOAD_ID.matcher(uploadId).matches()
                ? new PartFiles(paths.unfinished().resolve(uploadId), uploadId)
                : null;
    }

    /** The files of a directory that was found; null if it is none of an upload in parts. */
    static @Nullable PartFiles at(Path directory) {
        String name = String.valueOf(directory.getFileName());
        String id = name.endsWith(GONE_SUFFIX) ? name.substring(0, name.length() - GONE_SUFFIX.length()) : name;
        return UPLOAD_ID.matcher(id).matches() ? new PartFiles(directory, id) : null;
    }

    String id() {
        return id;
    }

    Path content() {
        return directory.resolve("content");
    }

    Path claim(int number) {
        return directory.resolve(number + ".claim");
    }

    /**
     * A new name for facts. Each call has a file of its own: to link to a name that another call replaces in that
     * moment fails as if the upload were over.
     */
    Path newFacts() {
        return directory.resolve(RandomIds.next() + BlobPaths.FACTS_SUFFIX);
    }

    /** A new name that nobody else uses. */
    Path scratch() {
        return directory.resolve("t-" + RandomIds.next());
    }

    /** Where the bytes of a part are. */
    Path bytesOf(int number, Part part) {
        return part.inPlace ? content() : directory.resolve(number + "." + part.version);
    }

    /**
     * What was begun.
     *
     * @throws NoSuchFileException if the upload is not in progress
     */
    PartUploadRequest begin() throws IOException {
        BlobPaths.requireRealDirectory(directory);
        Matcher upload = UPLOAD.matcher(read("upload"));
        if (!upload.matches()) {
            throw new MalformedFactsException("upload: expected what a store wrote, found something else");
        }
        return new PartUploadRequest(
                upload.group(3), Long.parseLong(upload.group(1)), Long.parseLong(upload.group(2)), upload.group(4));
    }

    /**
     * A part that has been received whole.
     *
     * @param inPlace whether its bytes are in the common content, at its offset, or in a file of their own
     */
    record Part(long byteSize, String version, boolean inPlace) {

        UploadedPart uploaded(int number) {
            return new UploadedPart(number, byteSize, version);
        }
    }

    /** What is known of a part; null if it is not whole. */
    @Nullable
    Part part(int number) throws IOException {
        String text;
        try {
            text = read(number + ".part");
        } catch (NoSuchFileException e) {
            return null;
        }
        Matcher part = PART.matcher(text);
        // Half of it means that the machine stopped: the part is not whole then.
        return part.matches()
                ? new Part(
                        Long.parseLong(part.group(1)),
                        part.group(2),
                        part.group(3).equals(HERE))
                : null;
    }

    /**
     * Makes a part whole, at once, in place of what was whole before.
     *
     * @throws NoSuchFileException if the upload is over
     */
    void commit(int number, Part part) throws IOException {
        Path scratch = scratch();
        String text = String.format(
                Locale.ROOT, "part 1 %d %s %s\n", part.byteSize, part.version, part.inPlace ? HERE : APART);
        Files.writeString(scratch, text, StandardOpenOption.CREATE_NEW);
        Files.move(scratch, directory.resolve(number + ".part"), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The numbers of the parts that may be whole, in order.
     *
     * @throws NoSuchFileException if the upload is not in progress
     */
    List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (Path file : files()) {
            Matcher name = PART_NAME.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                numbers.add(Integer.valueOf(name.group(1)));
            }
        }
        numbers.sort(Comparator.naturalOrder());
        return numbers;
    }

    /** Whether somebody may be writing to the content. */
    boolean isClaimed() throws IOException {
        return files().stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).endsWith(".claim"));
    }

    /** Facts of blobs that were to be made of this upload. */
    List<Path> facts() throws IOException {
        return files().stream()
                .filter(file -> String.valueOf(file.getFileName()).endsWith(BlobPaths.FACTS_SUFFIX))
                .toList();
    }

    /**
     * Ends the upload, for everyone and at once.
     *
     * @return the files under another name, to be removed; null if it was over already
     */
    @Nullable
    PartFiles end() throws IOException {
        if (String.valueOf(directory.getFileName()).endsWith(GONE_SUFFIX)) {
            return this;
        }
        Path gone = directory.resolveSibling(id + GONE_SUFFIX);
        try {
            Files.move(directory, gone, StandardCopyOption.ATOMIC_MOVE);
            return new PartFiles(gone, id);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Removes the files, and returns whether it was this call that removed the directory. */
    boolean remove() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                for (Path file : files()) {
                    Files.deleteIfExists(file);
                }
                return Files.deleteIfExists(directory);
            } catch (NoSuchFileException e) {
                return false;
            } catch (DirectoryNotEmptyException e) {
                // A call that had found the directory before it was renamed has made one more file in it.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            found.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    private String read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(BlobFacts.MAX_BYTES), StandardCharsets.UTF_8);
        }
    }
}
