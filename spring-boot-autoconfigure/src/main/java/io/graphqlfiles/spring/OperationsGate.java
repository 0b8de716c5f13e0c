package io.graphqlfiles.spring;

import java.util.Arrays;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Holds the body of a multipart request back until {@code operations} and {@code map} have arrived, so that no thread
 * waits for a client that is slow to send them. Only looks for delimiter lines: what is right about them is for the
 * parser to say. One use.
 */
final class OperationsGate {

    /** As many as {@link RequestBodyStream} asks for. */
    private static final int DEMAND = 8;

    private final int maxBytes;
    private final Sinks.Empty<Void> opened = Sinks.empty();
    private byte[] seen = new byte[1024];
    private int length;
    private boolean isOpen;

    /** @param maxBytes after which it opens in any case */
    OperationsGate(long maxBytes) {
        this.maxBytes = (int) Math.min(maxBytes, Integer.MAX_VALUE / 2);
    }

    /** The same body, whose first elements come together. */
    Flux<DataBuffer> hold(Flux<DataBuffer> body) {
        return body.bufferUntil(this::opensWith)
                .doOnTerminate(this::open)
                .flatMapIterable(buffers -> buffers, DEMAND)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }

    /** Completes when the parser has something to do, also if the body ends or breaks off. */
    Mono<Void> opened() {
        return opened.asMono();
    }

    private void open() {
        isOpen = true;
        seen = new byte[0];
        opened.tryEmitEmpty();
    }

    private boolean opensWith(DataBuffer next) {
        if (isOpen) {
            return true;
        }
        int count = next.readableByteCount();
        if (length + count > seen.length) {
            seen = Arrays.copyOf(seen, Math.max(length + count, 2 * seen.length));
        }
        for (int i = 0; i < count; i++) {
            seen[length + i] = next.getByte(next.readPosition() + i);
        }
        length += count;
        if (length > maxBytes || hasThreeDelimiters()) {
            open();
            return true;
        }
        return false;
    }

    /** The one before operations, the one before map and the one behind it. */
    private boolean hasThreeDelimiters() {
        int start = 0;
        while (start < length && (seen[start] == '\r' || seen[start] == '\n')) {
            start++;
        }
        int end = start;
        while (end < length && seen[end] != '\r') {
            end++;
        }
        if (end == length) {
            return false;
        }
        int found = 1;
        for (int at = end; at + (end - start) <= length && found < 3; at++) {
            if (seen[at] == '-' && Arrays.equals(seen, start, end, seen, at, at + (end - start))) {
                found++;
                at += end - start - 1;
            }
        }
        return found == 3;
    }
}
