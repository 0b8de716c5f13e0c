package io.graphqlfiles;

import graphql.schema.DataFetchingEnvironment;

/**
 * The application's word on who may do what with files. Direct uploads and look-ups of URLs by id exist only when the
 * application has given one. Asked before any byte is read or any URL exists. Called from many threads at once, in the
 * thread that executes the field; may block.
 *
 * <pre>{@code
 * FileAuthorizer signedIn = access -> access.action() != FileAccess.Action.READ
 *         && access.environment().getGraphQlContext().hasKey("user");
 * }</pre>
 *
 * <p>Whoever is permitted to {@link FileAccess.Action#READ read} gets a URL for any id that they know, and ids are in
 * every answer: permit it only after a look at whose file it is.
 */
@FunctionalInterface
public interface FileAuthorizer {

    /**
     * Decides.
     *
     * @return false to refuse: the client gets {@link FileErrorCode#FILE_FORBIDDEN}
     * @throws FileException to refuse in other words
     */
    boolean isPermitted(FileAccess access);

    /**
     * Names who is asking, so that an upload token works for nobody else: a user's id, a tenant. The empty string, the
     * default, means that tokens are not bound to anybody: then whoever has the token can use it.
     */
    default String subject(DataFetchingEnvironment environment) {
        return "";
    }
}
