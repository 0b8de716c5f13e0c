package io.graphqlfiles;

import java.io.IOException;

/** The multipart body broke off, or its request ended, before the upload was read. */
final class UploadAbortedException extends IOException {

    private static final long serialVersionUID = 1;

    UploadAbortedException(String message) {
        super(message);
    }

    UploadAbortedException(IOException cause) {
        super("The upload broke off before its end", cause);
    }

    /** What a client reads of it, if there still is one. */
    FileException refusal() {
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
