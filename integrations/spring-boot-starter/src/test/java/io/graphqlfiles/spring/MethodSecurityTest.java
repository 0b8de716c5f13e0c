package io.graphqlfiles.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spring.HttpGraphQl.Part;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.GraphQlExceptionHandler;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.annotation.AnnotationTemplateExpressionDefaults;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import tools.jackson.databind.JsonNode;

/** Rules on controllers' methods, with users who may and users who may not. */
@SpringBootTest(
        classes = MethodSecurityTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:starter-other/rules/",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more",
            "graphql.files.limits.drained=256KB"
        })
class MethodSecurityTest {

    private static final byte[] CONTENT = Samples.random(4 * 1024 * 1024);
    private static final long HUGE = 100L * 1024 * 1024;

    @Autowired
    private WatchedStore store;

    @LocalServerPort
    private int port;

    @BeforeEach
    void forget() {
        store.puts.set(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byExpression", "byAuthority", "byRole", "byTemplate", "byBean"})
    void rule_againstTheUser_isAskedBeforeAByteIsRead(String mutation) {
        JsonNode answer = upload("guest:g", mutation);

        assertThat(answer.at("/errors/0/extensions/classification").asString())
                .as(answer.toString())
                .isEqualTo("FORBIDDEN");
        assertThat(store.puts).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byExpression", "byAuthority", "byRole", "byTemplate", "byBean", "byArgument", "byNothing"})
    void rule_forTheUser_letsTheFileIn(String mutation) {
        JsonNode answer = upload("editor:e", mutation);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/" + mutation + "/byteSize").asInt()).isEqualTo(CONTENT.length);
    }

    /** It cannot be asked before there is a file to ask it of; what was stored for it is deleted again. */
    @Test
    void rule_aboutTheFile_isAskedWhenItIsStored() {
        List<String> before = store.keys();

        JsonNode answer = upload("guest:g", "byArgument");

        assertThat(answer.at("/errors/0/extensions/classification").asString()).isEqualTo("FORBIDDEN");
        assertThat(store.puts).hasValue(1);
        assertThat(store.keys()).isEqualTo(before);
    }

    @Test
    void rule_withoutFiles_isAskedAsEver() {
        JsonNode answer = server("guest:g").run("mutation { byExpression(file: null) { id } }", Map.of());

        assertThat(answer.at("/errors/0/extensions/classification").asString()).isEqualTo("FORBIDDEN");
    }

    @Test
    void rule_ofASecondField_isAskedToo() {
        JsonNode answer = server("guest:g")
                .run(
                        "mutation { first: byNothing(file: { base64: \"AAAA\" }) { id }"
                                + " second: byExpression(file: { base64: \"AAAA\" }) { id } }",
                        Map.of());

        assertThat(answer.at("/data/first/id").isString()).as(answer.toString()).isTrue();
        assertThat(answer.at("/data/second").isNull()).as(answer.toString()).isTrue();
        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("For editors only");
        assertThat(store.puts).hasValue(1);
    }

    @Test
    void refusal_reachesTheControllersExceptionHandler() {
        JsonNode answer = upload("guest:g", "byExpression");

        assertThat(answer.at("/errors/0/message").asString()).isEqualTo("For editors only");
    }

    @Test
    @Timeout(60)
    void refusedUploadOf100MB_isHardlyRead() throws IOException {
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sending;
        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(hugeRequest());
            sending = CompletableFuture.runAsync(() -> send(out, sent));
            answer = readAnswer(socket.getInputStream());
        }
        sending.orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(answer).contains("FORBIDDEN");
        assertThat(store.puts).hasValue(0);
        // What was drained, what Tomcat swallows, and what lay in the buffers of two sockets.
        assertThat(sent).hasValueLessThan(HUGE / 3);
    }

    private static void send(OutputStream out, AtomicLong sent) {
        byte[] piece = new byte[64 * 1024];
        try {
            while (sent.get() < HUGE) {
                out.write(piece);
                sent.addAndGet(piece.length);
            }
        } catch (IOException e) {
            // The server has closed the connection, or the test: enough was said.
        }
    }

    /** Up to its last byte, which the server says where it is. */
    private static String readAnswer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] piece = new byte[8 * 1024];
        int count;
        while (answer.indexOf("\"classification\"") < 0 && (count = in.read(piece)) >= 0) {
            answer.append(new String(piece, 0, count, UTF_8));
        }
        return answer.toString();
    }

    private static byte[] hugeRequest() {
        String boundary = "of-this-test";
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n"
                + "{\"query\": \"mutation ($file: StoredFileInput) { byExpression(file: $file) { id } }\","
                + " \"variables\": {\"file\": {\"file\": null}}}"
                + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n"
                + "{\"0\": [\"variables.file.file\"]}"
                + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.bin\"\r\n\r\n";
        String head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nGraphQL-Preflight: 1\r\n"
                + "Authorization: " + basic("guest:g") + "\r\n"
                + "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n"
                + "Content-Length: " + (body.length() + HUGE + boundary.length() + 8) + "\r\n\r\n";
        return (head + body).getBytes(UTF_8);
    }

    private JsonNode upload(String user, String mutation) {
        return server(user)
                .runMultipart(
                        "mutation ($file: StoredFileInput) { " + mutation + "(file: $file) { id byteSize } }",
                        Map.of("file", Collections.singletonMap("file", null)),
                        Map.of("0", List.of("variables.file.file")),
                        new Part("0", "c.bin", "application/octet-stream", CONTENT));
    }

    private HttpGraphQl server(String user) {
        return new HttpGraphQl(URI.create("http://127.0.0.1:" + port)).header("Authorization", basic(user));
    }

    private static String basic(String user) {
        return "Basic " + Samples.base64(user.getBytes(UTF_8));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @EnableMethodSecurity(securedEnabled = true, jsr250Enabled = true)
    @Import(Papers.class)
    static class Application {

        @Bean
        WatchedStore watchedStore() {
            return new WatchedStore(new InMemoryBlobStore());
        }

        @Bean
        Editors editors() {
            return new Editors();
        }

        @Bean
        static AnnotationTemplateExpressionDefaults templates() {
            return new AnnotationTemplateExpressionDefaults();
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("editor")
                            .password("{noop}e")
                            .roles("EDITOR")
                            .build(),
                    User.withUsername("guest")
                            .password("{noop}g")
                            .roles("GUEST")
                            .build());
        }

        @Bean
        SecurityFilterChain everyoneSignsIn(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(AbstractHttpConfigurer::disable)
                    .build();
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @PreAuthorize("hasRole('{role}')")
    @interface ForRole {
        String role();
    }

    /** A rule in the application's own words. */
    static class Editors {

        public boolean include(String name) {
            return name.equals("editor");
        }
    }

    @Controller
    static class Papers {

        @QueryMapping
        String papers() {
            return "";
        }

        @MutationMapping
        @PreAuthorize("hasRole('EDITOR')")
        StoredFile byExpression(@Argument StoredFile file) {
            return file;
        }

        @MutationMapping
        @Secured("ROLE_EDITOR")
        StoredFile byAuthority(@Argument StoredFile file) {
            return file;
        }

        @MutationMapping
        @RolesAllowed("EDITOR")
        StoredFile byRole(@Argument StoredFile file) {
            return file;
        }

        @MutationMapping
        @ForRole(role = "EDITOR")
        StoredFile byTemplate(@Argument StoredFile file) {
            return file;
        }

        @MutationMapping
        @PreAuthorize("@editors.include(authentication.name)")
        StoredFile byBean(@Argument StoredFile file) {
            return file;
        }

        @MutationMapping
        @PreAuthorize("hasRole('EDITOR') and #file.fileName == 'c.bin'")
        StoredFile byArgument(@Argument StoredFile file) {
            return file;
        }

        @MutationMapping
        StoredFile byNothing(@Argument StoredFile file) {
            return file;
        }

        @GraphQlExceptionHandler
        GraphQLError denied(AuthorizationDeniedException e) {
            return GraphqlErrorBuilder.newError()
                    .message("For editors only")
                    .errorType(ErrorType.FORBIDDEN)
                    .build();
        }
    }

    /** Tells how often somebody began to store a file. */
    static final class WatchedStore extends ForwardingBlobStore {

        final AtomicInteger puts = new AtomicInteger();
        private final InMemoryBlobStore memory;

        WatchedStore(InMemoryBlobStore memory) {
            super(memory);
            this.memory = memory;
        }

        @Override
        public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
            puts.incrementAndGet();
            return super.put(blob, content);
        }

        List<String> keys() {
            return new ArrayList<>(memory.keys());
        }
    }
}
