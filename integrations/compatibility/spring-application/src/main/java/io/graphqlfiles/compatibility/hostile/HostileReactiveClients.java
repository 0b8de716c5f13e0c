package io.graphqlfiles.compatibility.hostile;

import static io.graphqlfiles.compatibility.hostile.Text.ADD;
import static io.graphqlfiles.compatibility.hostile.Text.END;
import static io.graphqlfiles.compatibility.hostile.Text.JSON;
import static io.graphqlfiles.compatibility.hostile.Text.MULTIPART;
import static io.graphqlfiles.compatibility.hostile.Text.fields;
import static io.graphqlfiles.compatibility.hostile.Text.fileHeader;
import static io.graphqlfiles.compatibility.hostile.Text.operation;
import static io.graphqlfiles.compatibility.hostile.Text.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.compatibility.hostile.RawConnection.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Attacks on Spring WebFlux, and on the threads that the library has there. */
public abstract class HostileReactiveClients extends HostileClients {

    /** For what there is on the class path. */
    protected HostileReactiveClients() {
        super(WebApplicationType.REACTIVE);
    }

    /** When all threads that wait for clients do so, and as many requests as may wait for one of them. */
    @Test
    void moreUploadsThanThereIsRoomFor() {
        String file = data(post(MULTIPART, upload(ADD, "hello")))
                .at("/addDocument/content/url")
                .asText();
        stored(1);
        List<RawConnection> slow = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            slow.add(connect()
                    .head("POST", MULTIPART, "Transfer-Encoding: chunked")
                    .send(chunk(fields(ADD) + fileHeader() + "x")));
        }
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> sending = pace.scheduleAtFixedRate(
                    () -> slow.forEach(connection -> connection.send(chunk("x"))), 0, 200, TimeUnit.MILLISECONDS);
            await(() -> threadsThatReceive() == THREADS);

            List<Future<Answer>> others = atOnce(3 * WAITING, () -> post(MULTIPART, upload(ADD, "hello")));
            await(() -> others.stream().filter(Future::isDone).count() >= 2 * WAITING);
            assertThat(new RawConnection(URI.create(file)).head("GET").answer(PATIENCE))
                    .isEqualTo(new Answer(200, "hello"));
            data(post(JSON, operation("{ documents { content { byteSize } } }", "{}")));

            sending.cancel(false);
            pace.shutdown();
            await(pace::isTerminated);
            slow.forEach(connection -> connection.send(chunk(END) + "0\r\n\r\n"));
            slow.forEach(connection -> data(connection.answer(PATIENCE)));
            stored(THREADS);
            List<Answer> answers = answers(others);
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeLessThanOrEqualTo(WAITING);
            assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.body()).contains("SERVICE_UNAVAILABLE");
            });
            // Between receiving an operation and its file there may be no room again.
            List<Answer> taken = answers.stream()
                    .filter(answer -> answer.status() == 200 && !answer.body().contains("FILE_SERVER_BUSY"))
                    .toList();
            taken.forEach(answer -> data(answer));
            stored(taken.size());
        } finally {
            pace.shutdownNow();
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private long threadsThatReceive() {
        return Arrays.stream(state().threadsAtWork().split(","))
                .filter(name -> name.matches("graphql-files-\\d+"))
                .count();
    }
}
