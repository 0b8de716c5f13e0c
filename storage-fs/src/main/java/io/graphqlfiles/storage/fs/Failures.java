package io.graphqlfiles.storage.fs;

import io.graphqlfiles.spi.BlobAlreadyExistsException;
import io.graphqlfiles.spi.BlobIntegrityException;
import io.graphqlfiles.spi.BlobNotFoundException;
import io.graphqlfiles.spi.BlobStoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says in the store's terms what went wrong in the file system. */
final class Failures {

    private final Path root;
    private final String store;

    Failures(Path root) {
        this.root = root;
        this.store = "file system " + root;
    }

    BlobStoreException of(String operation, @Nullable String key, IOException cause) {
        return new BlobStoreException(store, operation, key, false, describe(cause), cause);
    }

    BlobNotFoundException notFound(String operation, String key, @Nullable IOException cause) {
        return new BlobNotFoundException(store, operation, key, "there is no such blob", cause);
    }

    BlobNotFoundException noUpload(String operation, String key) {
        return new BlobNotFoundException(store, operation, key, "there is no such upload in parts", null);
    }

    BlobAlreadyExistsException alreadyExists(String operation, String key, @Nullable IOException cause) {
        return new BlobAlreadyExistsException(store, operation, key, "expected a free key, found a blob", cause);
    }

    BlobIntegrityException notAsPromised(String operation, String key, String expected, String found) {
        return new BlobIntegrityException(store, operation, key, "expected " + expected + ", found " + found, null);
    }

    /** Of several failures the first is thrown, with the others suppressed. */
    static BlobStoreException first(@Nullable BlobStoreException first, BlobStoreException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private String describe(IOException cause) {
        if (cause instanceof AccessDeniedException e) {
            return "expected permission to read and write, found none for " + e.getFile();
        }
        if (cause instanceof NotDirectoryException e) {
            return "expected a real directory, found a file or a symbolic link: " + e.getFile();
        }
        if (cause instanceof NoSuchFileException e) {
            // Its message is the name alone.
            return Files.isDirectory(root)
                    ? "no such file or directory: " + e.getFile()
                    : "no such directory: " + root + "; it was there when the store was made";
        }
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason() + ": " + e.getFile();
        }
        return String.valueOf(cause.getMessage());
    }
}
