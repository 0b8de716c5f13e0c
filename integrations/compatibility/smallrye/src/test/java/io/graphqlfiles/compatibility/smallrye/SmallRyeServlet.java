package io.graphqlfiles.compatibility.smallrye;

import io.graphqlfiles.StoredFile;
import io.smallrye.graphql.bootstrap.Bootstrap;
import io.smallrye.graphql.execution.ExecutionService;
import io.smallrye.graphql.schema.SchemaBuilder;
import io.smallrye.graphql.schema.model.Schema;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.jandex.Index;

/** JSON in, JSON out, as SmallRye's own servlet does. */
@SuppressWarnings("serial") // never serialised
final class SmallRyeServlet extends HttpServlet {

    private final ExecutionService engine;

    SmallRyeServlet() throws IOException {
        Schema model = SchemaBuilder.build(Index.of(Pictures.class, Pictures.Picture.class, StoredFile.class));
        engine = new ExecutionService(Bootstrap.bootstrap(model, true), model);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (JsonReader reader = Json.createReader(request.getInputStream())) {
            response.setContentType("application/json");
            engine.executeSync(reader.readObject(), answer -> write(answer.getExecutionResultAsString(), response));
        }
    }

    private static void write(String answer, HttpServletResponse response) {
        try {
            response.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
