package io.graphqlfiles;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** What somebody wants to do with a file; the question put to {@link FileAuthorizer}. Immutable. */
public final class FileAccess {

    /** The kinds of access. */
    public enum Action {
        /** A mutation carries a file for {@link FileAccess#field()}, from any source. */
        STORE,
        /** {@code startFileUpload}: a client asks for permission to send bytes straight to the store. */
        START_UPLOAD,
        /** {@code urlForFile}: a client asks for the URL of the file with {@link FileAccess#fileId()}. */
        READ
    }

    private final Action action;
    private final DataFetchingEnvironment environment;
    private final @Nullable FileField field;
    private final @Nullable String fileId;
    private final @Nullable String fileName;
    private final @Nullable String mimeType;

    private FileAccess(
            Action action,
            DataFetchingEnvironment environment,
            @Nullable FileField field,
            @Nullable String fileId,
            @Nullable String fileName,
            @Nullable String mimeType) {
        this.action = action;
        this.environment = environment;
        this.field = field;
        this.fileId = fileId;
        this.fileName = fileName;
        this.mimeType = mimeType;
    }

    /**
     * For a mutation that carries a file.
     *
     * @param fileName as claimed; null if none is
     * @param mimeType as claimed; null if none is
     */
    public static FileAccess toStore(
            DataFetchingEnvironment environment,
            FileField field,
            @Nullable String fileName,
            @Nullable String mimeType) {
        return new FileAccess(Action.STORE, environment, field, null, fileName, mimeType);
    }

    /**
     * For {@code startFileUpload}.
     *
     * @param fileName as claimed; null if none is
     * @param mimeType as claimed; null if none is
     */
    public static FileAccess toStartUpload(
            DataFetchingEnvironment environment,
            FileField field,
            @Nullable String fileName,
            @Nullable String mimeType) {
        return new FileAccess(Action.START_UPLOAD, environment, field, null, fileName, mimeType);
    }

    /** For {@code urlForFile}. */
    public static FileAccess toRead(DataFetchingEnvironment environment, String fileId) {
        return new FileAccess(Action.READ, environment, null, fileId, null, null);
    }

    /** What is wanted. */
    public Action action() {
        return action;
    }

    /** The GraphQL field that is being executed, with the request's context. */
    public DataFetchingEnvironment environment() {
        return environment;
    }

    /** The file field the file is meant for; null for {@link Action#READ}. */
    public @Nullable FileField field() {
        return field;
    }

    /** {@link StoredFile#id()} of the file; null unless the action is {@link Action#READ}. */
    public @Nullable String fileId() {
        return fileId;
    }

    /** File name as the client claims it, not cleaned; null if it claims none. */
    public @Nullable String fileName() {
        return fileName;
    }

    /** Media type as the client claims it; null if it claims none. */
    public @Nullable String mimeType() {
        return mimeType;
    }
}
