package io.graphqlfiles.server;

import java.io.IOException;

/**
 * Serves the files of stores that have no server of their own, and takes direct uploads to them. For server adapters:
 * the servlet module has one. It knows no users: whoever has a URL that this library signed may do what the URL says
 * until it expires, and everybody may read what is public.
 *
 * <p>Thread-safe. Calls block.
 */
public interface FileEndpoint {

    /**
     * Answers a request. What is wrong with the request or the store is an answer too, with a line of plain text that
     * names no internals.
     *
     * @return to be sent and closed by the caller
     * @throws IOException if the body of an upload cannot be read to its end; nothing of it is stored then, or, of an
     *     upload by tus, what came before, and there is nobody to answer
     */
    FileEndpointResponse handle(FileEndpointRequest request) throws IOException;
}
