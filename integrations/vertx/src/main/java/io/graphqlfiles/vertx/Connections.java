package io.graphqlfiles.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** What becomes of connections whose request was not read to its end. */
final class Connections {

    private Connections() {}

    /** Ends a request that was answered, and whose body nobody reads any more. Harmless if all of it was received. */
    static void endUnread(HttpServerRequest request, RequestBodyStream body, Context context) {
        if (!body.hasEnded()) {
            context.runOnContext(now -> breakOff(request));
        }
    }

    /**
     * Nothing more comes of the request, and its answer, if it is not complete, is not taken for complete. Of HTTP/2
     * too the whole connection: Vert.x 4 and 5 have no common way to end a stream.
     */
    static void breakOff(HttpServerRequest request) {
        Future<Void> unused = request.connection().close();
    }
}
