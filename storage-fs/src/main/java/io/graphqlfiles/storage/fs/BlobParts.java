package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PartUploadRequest;
import io.graphqlfiles.spi.PutPartRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.storage.fs.PartFiles.Part;
import io.graphqlfiles.storage.fs.ReceivedContent.WriteFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uploads in parts of a {@link FileSystemBlobStore}. */
final class BlobParts {

    private final BlobPaths paths;
    private final Failures failures;
    private final Clock clock;
    private final boolean durable;

    BlobParts(BlobPaths paths, Failures failures, Clock clock, boolean durable) {
        this.paths = paths;
        this.failures = failures;
        this.clock = clock;
        this.durable = durable;
    }

    PartUpload begin(PartUploadRequest begin) {
        String key = begin.key();
        try {
            return new PartUpload(
                    key, PartFiles.create(paths, clock.instant(), begin).id());
        } catch (IOException e) {
            throw failures.of("beginParts", key, e);
        }
    }

    UploadedPart put(PutPartRequest part, InputStream content) throws IOException {
        PartUpload upload = part.upload();
        Open open = require("putPart", upload);
        long offset = Math.multiplyExact(part.number() - 1L, open.begin.partByteSize());
        if (part.byteSize() != open.byteSizeOf(part.number())) {
            throw new IllegalArgumentException("part " + part.number() + ": expected " + open.byteSizeOf(part.number())
                    + " bytes, found " + part.byteSize());
        }
        Part written;
        try {
            written = new PartWriter(open.files, part.number(), offset, part.byteSize()).write(content);
        } catch (WriteFailedException e) {
            throw isOver(open) ? noUpload("putPart", upload) : failures.of("putPart", upload.key(), e.failure());
        }
        if (written == null) {
            throw failures.notAsPromised("putPart", upload.key(), part.byteSize() + " bytes", "fewer or more");
        }
        return written.uploaded(part.number());
    }

    List<UploadedPart> list(PartUpload upload) {
        Open open = require("listParts", upload);
        try {
            List<UploadedPart> parts = new ArrayList<>();
            for (int number : open.files.numbers()) {
                Part part = open.files.part(number);
                if (part != null) {
                    parts.add(part.uploaded(number));
                }
            }
            return parts;
        } catch (NoSuchFileException e) {
            throw noUpload("listParts", upload);
        } catch (IOException e) {
            throw failures.of("listParts", upload.key(), e);
        }
    }

    BlobInfo complete(PartUpload upload, List<UploadedPart> parts) {
        try {
            String version = PartCompletion.version(upload, parts);
            Open open = find(upload);
            if (open != null) {
                try {
                    return new PartCompletion(paths, open.files, open.begin, durable).complete(parts, version, clock);
                } catch (PartCompletion.OtherPartsException e) {
                    throw failures.notAsPromised("completeParts", upload.key(), "the parts as listed", e.found());
                } catch (FileAlreadyExistsException e) {
                    throw failures.alreadyExists("completeParts", upload.key(), e);
                } catch (NoSuchFileException | FileNotFoundException e) {
                    if (!isOver(open)) {
                        throw e;
                    }
                }
            }
            BlobInfo blob = PartCompletion.visible(paths, upload.key());
            if (blob == null) {
                throw noUpload("completeParts", upload);
            }
            if (!blob.version().equals(version)) {
                throw failures.notAsPromised("completeParts", upload.key(), "a blob of these parts", "another");
            }
            return blob;
        } catch (IOException e) {
            throw failures.of("completeParts", upload.key(), e);
        }
    }

    void abort(PartUpload upload) {
        try {
            Open open = find(upload);
            if (open != null) {
                PartCompletion.discard(paths, open.files);
            }
        } catch (IOException e) {
            throw failures.of("abortParts", upload.key(), e);
        }
    }

    /**
     * Removes a leftover if it is one of an upload in parts.
     *
     * @return whether it was this call that removed it; null if it is something else
     */
    @Nullable
    Boolean removeLeftover(Path leftover) throws IOException {
        PartFiles files = PartFiles.at(leftover);
        if (files == null || !Files.isDirectory(leftover, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        return PartCompletion.discard(paths, files);
    }

    private record Open(PartFiles files, PartUploadRequest begin) {

        /** Length of a part; 0 or less if there is none of this number. */
        long byteSizeOf(int number) {
            return Math.min(begin.partByteSize(), begin.byteSize() - (number - 1L) * begin.partByteSize());
        }
    }

    private @Nullable Open find(PartUpload upload) throws IOException {
        PartFiles files = PartFiles.of(paths, upload.uploadId());
        if (files == null) {
            return null;
        }
        try {
            PartUploadRequest begin = files.begin();
            return begin.key().equals(upload.key()) ? new Open(files, begin) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Open require(String operation, PartUpload upload) {
        try {
            Open open = find(upload);
            if (open == null) {
                throw noUpload(operation, upload);
            }
            return open;
        } catch (IOException e) {
            throw failures.of(operation, upload.key(), e);
        }
    }

    private static boolean isOver(Open open) {
        try {
            open.files.begin();
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private BlobNotFoundException noUpload(String operation, PartUpload upload) {
        return failures.noUpload(operation, upload.key());
    }
}
