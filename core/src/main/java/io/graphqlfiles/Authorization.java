package io.graphqlfiles;

/** Puts a question to the application's authorizer. */
final class Authorization {

    private Authorization() {}

    /** @throws FileException if the answer is no */
    static void require(FileAuthorizer authorizer, FileAccess access) {
        if (!authorizer.isPermitted(access)) {
            throw new FileException(FileErrorCode.FILE_FORBIDDEN, "You are not permitted to do this.");
        }
    }
}
