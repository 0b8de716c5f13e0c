package io.graphqlfiles.vertx;

import io.graphqlfiles.server.FileEndpointResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends an answer of the file endpoint: reads the next piece when the client has taken those before it. */
final class FileSender {

    private static final Logger log = LoggerFactory.getLogger(FileSender.class);

    private static final int PIECE = 64 * 1024;

    private final RoutingContext exchange;
    private final FileEndpointResponse answer;
    private final BlockingWork work;
    private final InputStream body;

    FileSender(RoutingContext exchange, FileEndpointResponse answer, BlockingWork work) {
        this.exchange = exchange;
        this.answer = answer;
        this.work = work;
        this.body = answer.body();
    }

    /** Closes the answer in any case. */
    void send() {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            close();
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        sendNext(response);
    }

    /** A chain of futures would be as long as the file. */
    private void sendNext(HttpServerResponse response) {
        work.call(this::piece)
                .onSuccess(piece -> {
                    if (piece.length() == 0) {
                        response.end().onComplete(end -> close());
                    } else {
                        response.write(piece)
                                .onSuccess(written -> sendNext(response))
                                .onFailure(this::breakOff);
                    }
                })
                .onFailure(this::breakOff);
    }

    private Buffer piece() throws IOException {
        byte[] bytes = new byte[PIECE];
        int count = body.readNBytes(bytes, 0, PIECE);
        return Buffer.buffer(count).appendBytes(bytes, 0, count);
    }

    /** So that the client does not take a part for the whole. */
    private void breakOff(Throwable reason) {
        log.debug("A file could not be sent to its end", reason);
        Connections.breakOff(exchange.request());
        close();
    }

    private void close() {
        work.finish(() -> {
            try {
                body.close();
                answer.close();
            } catch (IOException e) {
                log.debug("A file could not be closed", e);
            }
        });
    }
}
