package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

@Timeout(60)
class RequestBodyStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(UTF_8));
    }

    /** A slow client's first bytes are there to be worked on, and its pace is measured by each of them. */
    @Test
    void read_givesWhatHasCome() throws IOException {
        Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();
        body.tryEmitNext(buffer("hello"));
        try (RequestBodyStream in = new RequestBodyStream(body.asFlux(), PATIENCE)) {
            byte[] target = new byte[100];
            assertThat(in.read(target, 10, 90)).isEqualTo(5);
            assertThat(new String(target, 10, 5, UTF_8)).isEqualTo("hello");

            body.tryEmitNext(buffer("x"));
            assertThat(in.read(target, 0, 100)).isEqualTo(1);
            assertThat(target[0]).isEqualTo((byte) 'x');

            body.tryEmitComplete();
            assertThat(in.read(target, 0, 100)).isEqualTo(-1);
        }
    }

    @Test
    void read_overManyBuffers_givesAll() throws IOException {
        Flux<DataBuffer> body = Flux.range(0, 100).map(i -> buffer("x".repeat(i)));
        try (RequestBodyStream in = new RequestBodyStream(body, PATIENCE)) {
            assertThat(in.readAllBytes()).hasSize(4950).containsOnly('x');
        }
    }

    @Test
    void read_nothing() throws IOException {
        try (RequestBodyStream in = new RequestBodyStream(Flux.never(), PATIENCE)) {
            assertThat(in.read(new byte[0])).isZero();
        }
    }
}
