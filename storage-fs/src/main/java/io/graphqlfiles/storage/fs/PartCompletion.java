package io.graphqlfiles.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.storage.fs.PartFiles.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a blob of an upload's parts. Any number of calls may do so at once, in any number of processes, and each step
 * can be repeated after a crash: the version of the blob follows from the versions of its parts, so that two calls with
 * the same parts write the same files, and the link of the facts decides between calls with others.
 */
final class PartCompletion {

    private static final int ATTEMPTS = 10;

    private final BlobPaths paths;
    private final PartFiles files;
    private final PartUploadRequest begin;
    private final boolean durable;

    PartCompletion(BlobPaths paths, PartFiles files, PartUploadRequest begin, boolean durable) {
        this.paths = paths;
        this.files = files;
        this.begin = begin;
        this.durable = durable;
    }

    /** The parts are not the ones that were expected; never leaves this package. */
    static final class OtherPartsException extends IOException {

        private static final long serialVersionUID = 1;

        OtherPartsException(String found) {
            super(found);
        }

        String found() {
            return String.valueOf(getMessage());
        }
    }

    /** The version of the blob that these parts make. */
    static String version(PartUpload upload, List<UploadedPart> parts) {
        StringBuilder text = new StringBuilder(upload.uploadId());
        parts.forEach(
                part -> text.append('\n').append(part.number()).append(' ').append(part.version()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The blob under a key; null if there is none. */
    static @Nullable BlobInfo visible(BlobPaths paths, String key) throws IOException {
        try {
            return FoundBlob.find(paths.existing(key), key).info();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Ends an upload and removes its files, and what of it was placed next to others without becoming visible.
     *
     * @return whether it was this call that removed them
     */
    static boolean discard(BlobPaths paths, PartFiles files) throws IOException {
        PartFiles ended = files.end();
        if (ended == null) {
            return false;
        }
        try {
            for (Path facts : ended.facts()) {
                UnfinishedWrite.removeUnlessVisible(paths, facts);
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return ended.remove();
    }

    /**
     * Makes the blob.
     *
     * @throws OtherPartsException if these are not all the parts as they are now
     * @throws FileAlreadyExistsException if there is another blob under the key
     * @throws NoSuchFileException if the upload has ended meanwhile, perhaps because another call completed it
     */
    BlobInfo complete(List<UploadedPart> expected, String version, Clock clock) throws IOException {
        List<Part> parts = requireAll(expected);
        // In this order: whoever claims a part after it was seen whole does not write.
        boolean inPlace = parts.stream().allMatch(Part::inPlace) && !files.isClaimed();
        Path content = inPlace ? files.content() : assemble(parts);
        BlobInfo info = BlobInfo.newBlobInfo(begin.key(), begin.byteSize(), clock.instant())
                .contentType(begin.contentType())
                .contentDisposition("attachment")
                .version(version)
                .build();
        Path facts = writeFacts(info);
        if (durable) {
            BlobFiles.force(content);
            BlobFiles.force(facts);
        }
        Path target = place(content, info);
        try {
            UnfinishedWrite.link(target, facts, info);
        } catch (NoSuchFileException e) {
            removeUnlessVisible(target, version);
            throw e;
        }
        BlobInfo visible = FoundBlob.find(target, begin.key()).info();
        if (!visible.version().equals(version)) {
            Files.deleteIfExists(BlobPaths.content(target, version));
            throw new FileAlreadyExistsException(target.toString());
        }
        if (Files.notExists(BlobPaths.content(target, version), LinkOption.NOFOLLOW_LINKS)) {
            // The upload ended between the beginning of the link and its end, and what was placed went with it.
            Files.deleteIfExists(target);
            throw new NoSuchFileException(target.toString());
        }
        if (durable) {
            paths.forceParents(begin.key());
        }
        discard(paths, files);
        return visible;
    }

    private List<Part> requireAll(List<UploadedPart> expected) throws IOException {
        List<Part> parts = new ArrayList<>();
        long byteSize = 0;
        for (UploadedPart each : expected) {
            Part part = files.part(parts.size() + 1);
            if (part == null) {
                files.begin(); // over, or only this part missing
            }
            if (part == null || !part.uploaded(parts.size() + 1).equals(each)) {
                throw new OtherPartsException((part == null ? "no" : "another") + " part " + (parts.size() + 1));
            }
            parts.add(part);
            byteSize += part.byteSize();
        }
        if (byteSize != begin.byteSize()) {
            throw new OtherPartsException(byteSize + " of " + begin.byteSize() + " bytes");
        }
        return parts;
    }

    /** Somebody has sent a part twice, or died while sending it: the parts are brought together in a new file. */
    private Path assemble(List<Part> parts) throws IOException {
        Path assembled = files.scratch();
        try (OutputStream out = Files.newOutputStream(assembled, StandardOpenOption.CREATE_NEW)) {
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                try (InputStream in = Files.newInputStream(files.bytesOf(i + 1, part), LinkOption.NOFOLLOW_LINKS)) {
                    in.skipNBytes(part.inPlace() ? i * begin.partByteSize() : 0);
                    new BlobInputStream(in, part.byteSize()).transferTo(out);
                } catch (NoSuchFileException e) {
                    files.begin();
                    throw new OtherPartsException("another part " + (i + 1));
                }
            }
        }
        return assembled;
    }

    private Path writeFacts(BlobInfo info) throws IOException {
        Path facts = files.newFacts();
        BlobFiles.writeFacts(facts, info);
        return facts;
    }

    /** Puts the content where the facts will say it is; nobody knows the name yet but calls with the same parts. */
    private Path place(Path content, BlobInfo info) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path target = paths.creatingParents(info.key());
            Path place = BlobPaths.content(target, info.version());
            try {
                try {
                    Files.createLink(place, content);
                } catch (FileAlreadyExistsException e) {
                    // Another call with the same parts, or this one before a crash.
                } catch (NoSuchFileException e) {
                    throw e;
                } catch (FileSystemException | UnsupportedOperationException e) {
                    Files.move(content, place, StandardCopyOption.ATOMIC_MOVE);
                }
                return target;
            } catch (NoSuchFileException e) {
                // A delete has removed the parent that it left empty; or the upload has ended.
                if (attempt == ATTEMPTS || Files.notExists(content, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
    }

    private void removeUnlessVisible(Path target, String version) throws IOException {
        BlobInfo visible = visible(paths, begin.key());
        if (visible == null || !visible.version().equals(version)) {
            Files.deleteIfExists(BlobPaths.content(target, version));
        }
    }
}
