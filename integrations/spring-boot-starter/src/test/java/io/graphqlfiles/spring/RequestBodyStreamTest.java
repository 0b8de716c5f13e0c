package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.spring.RequestBodyStream.ClientTooSlowException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class RequestBodyStreamTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AtomicLong requested = new AtomicLong();
    private final AtomicBoolean isCancelled = new AtomicBoolean();

    @Test
    void bodyFromTheServersThread_comesWhole() throws IOException {
        byte[] body = new byte[20_000_000];
        Random random = new Random(1);
        random.nextBytes(body);
        Flux<DataBuffer> pieces = Flux.generate(() -> 0, (from, sink) -> {
            int to = Math.min(body.length, from + random.nextInt(3000));
            sink.next(buffer(body, from, to));
            if (to == body.length) {
                sink.complete();
            }
            return to;
        });

        try (RequestBodyStream stream = of(pieces.publishOn(Schedulers.parallel(), 1))) {
            assertThat(stream.readAllBytes()).isEqualTo(body);
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void read_givesWhatHasCome() throws IOException {
        try (RequestBodyStream stream = of(Flux.just(buffer("hello")).concatWith(Flux.never()))) {
            byte[] target = new byte[100];

            assertThat(stream.read(target, 10, 90)).isEqualTo(5);
            assertThat(new String(target, 10, 5, ISO_8859_1)).isEqualTo("hello");
            assertThat(stream.read(target, 0, 0)).isZero();
        }
    }

    @Test
    void bodyThatNobodyReads_isNotReceived() throws IOException {
        try (RequestBodyStream stream = of(endless(10_000))) {
            assertThat(requested.get()).isEqualTo(7);
            assertThat(stream.read()).isEqualTo('x');
            assertThat(requested.get()).isEqualTo(14);
        }
        assertThat(isCancelled).isTrue();
    }

    @Test
    void brokenBody_isReadToWhereItBroke() throws IOException {
        Flux<DataBuffer> body = Flux.concat(Mono.just(buffer("ab")), Mono.error(new IllegalStateException("reset")));

        try (RequestBodyStream stream = of(body)) {
            assertThat(stream.readNBytes(2)).isEqualTo("ab".getBytes(ISO_8859_1));
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasRootCauseMessage("reset");
        }
    }

    @Test
    void clientThatSendsNothing_isGivenUp() throws IOException {
        try (RequestBodyStream stream = RequestBodyStream.behind(
                new OperationsGate(1000), silent(), Duration.ofSeconds(30), clockThatRuns(Duration.ofSeconds(31)))) {
            assertThatThrownBy(stream::read).isInstanceOf(ClientTooSlowException.class);
        }
        assertThat(isCancelled).isTrue();
    }

    @Test
    void bodyThatNeverEnds_isCutInTime() throws IOException {
        try (RequestBodyStream stream = RequestBodyStream.behind(
                new OperationsGate(0), endless(10_000), PATIENCE, clockThatRuns(Duration.ofSeconds(1)))) {
            stream.closeAfter(Duration.ofSeconds(30));

            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(isCancelled).isTrue();
    }

    @Test
    void closing_wakesTheReader() {
        RequestBodyStream stream = of(silent());
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
            reader.complete(Thread.currentThread());
            try {
                return stream.read();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        while (reader.join().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        stream.close();

        assertThatThrownBy(read::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void begins_whenTheGateOpens() throws IOException {
        String delimiter = "--b\r\n";
        try (RequestBodyStream early = behindGate(
                        Flux.just(buffer(delimiter), buffer(delimiter)).concatWith(Flux.never()));
                RequestBodyStream late = behindGate(Flux.just(buffer(delimiter), buffer(delimiter), buffer(delimiter))
                        .concatWith(Flux.never()));
                RequestBodyStream ended = behindGate(Flux.empty());
                RequestBodyStream broken = behindGate(Flux.error(new IllegalStateException()))) {
            assertThat(begun(early)).isFalse();
            assertThat(begun(late)).isTrue();
            assertThat(begun(ended)).isTrue();
            assertThat(begun(broken)).isTrue();
            assertThat(late.readNBytes(15)).isEqualTo(delimiter.repeat(3).getBytes(ISO_8859_1));
        }
    }

    private static boolean begun(RequestBodyStream stream) {
        return stream.begun().toFuture().isDone();
    }

    private static RequestBodyStream of(Flux<DataBuffer> body) {
        return RequestBodyStream.of(body, PATIENCE);
    }

    private static RequestBodyStream behindGate(Flux<DataBuffer> body) {
        return RequestBodyStream.behind(new OperationsGate(1000), body, PATIENCE, System::nanoTime);
    }

    private Flux<DataBuffer> silent() {
        return Flux.<DataBuffer>never().doOnCancel(() -> isCancelled.set(true));
    }

    private Flux<DataBuffer> endless(int size) {
        return Flux.<DataBuffer>generate(sink -> sink.next(buffer("x".repeat(size))))
                .doOnRequest(requested::addAndGet)
                .doOnCancel(() -> isCancelled.set(true));
    }

    private static LongSupplier clockThatRuns(Duration step) {
        AtomicLong time = new AtomicLong();
        return () -> time.getAndAdd(step.toNanos());
    }

    private static DataBuffer buffer(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return buffer(bytes, 0, bytes.length);
    }

    private static DataBuffer buffer(byte[] bytes, int from, int to) {
        return DefaultDataBufferFactory.sharedInstance
                .allocateBuffer(Math.max(1, to - from))
                .write(bytes, from, to - from);
    }
}
