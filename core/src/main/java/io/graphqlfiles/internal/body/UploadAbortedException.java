package io.graphqlfiles.internal.body;

import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;
import java.io.IOException;

/** The multipart body broke off, or its request ended, before the upload was read. */
public final class UploadAbortedException extends IOException {

    private static final long serialVersionUID = 1;

    public UploadAbortedException(String message) {
        super(message);
    }

    public UploadAbortedException(IOException cause) {
        super("The upload broke off before its end", cause);
    }

    /** What a client reads of it, if there still is one. */
    public FileException refusal() {
        String words = getCause() instanceof SlowClientException slow
                ? slow.getMessage() + "."
                : "The request broke off in the middle of the file.";
        return new FileException(FileErrorCode.FILE_UPLOAD_MISSING, words, this);
    }

    /** What a client does costs no stack trace. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
