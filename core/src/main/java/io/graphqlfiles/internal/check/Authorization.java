package io.graphqlfiles.internal.check;

import io.graphqlfiles.FileAccess;
import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileException;

/** Puts a question to the application's authorizer. */
public final class Authorization {

    private Authorization() {}

    /**
     * Asks the application.
     *
     * @throws FileException if the answer is no
     */
    public static void require(FileAuthorizer authorizer, FileAccess access) {
        if (!authorizer.isPermitted(access)) {
            throw new FileException(FileErrorCode.FILE_FORBIDDEN, "You are not permitted to do this.");
        }
    }
}
