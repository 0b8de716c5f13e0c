package io.graphqlfiles;

import java.io.IOException;

/** The multipart body broke off, or its request ended, before the upload was read: nobody is left to tell. */
final class UploadAbortedException extends IOException {

    private static final long serialVersionUID = 1;

    UploadAbortedException(String message) {
        super(message);
    }

    UploadAbortedException(IOException cause) {
        super("The upload broke off before its end", cause);
    }
}
