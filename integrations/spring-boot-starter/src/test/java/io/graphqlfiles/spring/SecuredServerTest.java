package io.graphqlfiles.spring;

import static io.graphqlfiles.spring.HttpGraphQl.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.graphqlfiles.FileAuthorizer;
import io.graphqlfiles.spring.HttpGraphQl.Part;
import io.graphqlfiles.spring.app.RecordApplication;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import tools.jackson.databind.JsonNode;

/** Spring Security with log-in and CSRF protection on, as most applications have it. */
@SpringBootTest(
        classes = {RecordApplication.class, SecuredServerTest.Beans.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:starter-schema/",
            "graphql.files.secret=a-secret-for-tests-of-32-characters-or-more"
        })
class SecuredServerTest {

    private static final String CREATE =
            "mutation ($record: RecordInput!) { created: createRecord(record: $record) { document { url } seenUser seenLocale } }";
    private static final byte[] CONTENT = Samples.random(60_000);

    @TestConfiguration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        @Primary
        InMemoryBlobStore memory() {
            return new InMemoryBlobStore();
        }

        @Bean
        InMemoryBlobStore broken() {
            return new InMemoryBlobStore();
        }

        @Bean
        FileAuthorizer authorizer() {
            AuthenticationTrustResolver users = new AuthenticationTrustResolverImpl();
            return access ->
                    users.isAuthenticated(SecurityContextHolder.getContext().getAuthentication());
        }

        @Bean
        InMemoryUserDetailsManager users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ann").password("{noop}a").build(),
                    User.withUsername("bob").password("{noop}b").build());
        }

        @Bean
        SecurityFilterChain loggedIn(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                            .permitAll()
                            .requestMatchers("/files/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.csrfTokenRepository(new CookieCsrfTokenRepository())
                            .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                            .ignoringRequestMatchers("/files/**"))
                    .build();
        }
    }

    @Autowired
    private InMemoryBlobStore memory;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"createRecord", "createLaterByFuture", "createLaterByMono", "createLaterByCallable"})
    void create_fetcherSeesUserAndLanguage(String mutation) {
        JsonNode answer =
                upload(signedIn("ann:a").header("Accept-Language", "pt-BR"), CREATE.replace("createRecord", mutation));

        JsonNode created = answer.at("/data/created");
        assertThat(created.path("seenLocale").asString()).as(answer.toString()).isEqualTo("pt-BR");
        // A future that the application itself starts in a pool has no security context, with file fields or without.
        if (!mutation.equals("createLaterByFuture")) {
            assertThat(text(created, "seenUser")).isEqualTo("ann");
        }
        assertThat(server().get(text(created.get("document"), "url")).body()).isEqualTo(CONTENT);
    }

    @Test
    void authorizer_afterAnAsynchronousField_seesUser() {
        JsonNode answer = signedIn("ann:a")
                .run(
                        "mutation ($record: RecordInput!) { first: createLaterByMono(record: $record) { id }"
                                + " second: createLaterByCallable(record: $record) { id }"
                                + " third: createRecord(record: $record) { seenUser } }",
                        Map.of("record", Map.of("title", "a", "document", Map.of("base64", "AAAA"))));

        assertThat(answer.at("/data/third/seenUser").asString())
                .as(answer.toString())
                .isEqualTo("ann");
    }

    @Test
    void multipart_withoutLogIn() {
        List<String> before = memory.keys();

        HttpResponse<byte[]> response = post(withCsrf(server()));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(memory.keys()).isEqualTo(before);
    }

    @Test
    void multipart_withoutCsrfToken() {
        List<String> before = memory.keys();

        HttpResponse<byte[]> response = post(server().header("Authorization", basic("ann:a")));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(memory.keys()).isEqualTo(before);
    }

    @Test
    void token_otherUser() {
        JsonNode started = signedIn("ann:a")
                .run(
                        "mutation { startFileUpload(input: {field: \"Record.document\", fileName: \"a.bin\", byteSize: 3}) {"
                                + " token request { url method headers { name value } } } }",
                        Map.of())
                .at("/data/startFileUpload");
        assertThat(server().upload(started.get("request"), new byte[3]).statusCode())
                .isBetween(200, 204);
        Map<String, ?> record = Map.of("title", "a", "document", Map.of("directUploadToken", text(started, "token")));

        JsonNode bobs = signedIn("bob:b").run(CREATE, Map.of("record", record));
        JsonNode anns = signedIn("ann:a").run(CREATE, Map.of("record", record));

        assertThat(bobs.at("/errors/0/extensions/code").asString()).isEqualTo("FILE_FORBIDDEN");
        assertThat(anns.has("errors")).as(anns.toString()).isFalse();
    }

    private HttpGraphQl server() {
        return new HttpGraphQl(URI.create("http://127.0.0.1:" + port));
    }

    private HttpGraphQl signedIn(String user) {
        return withCsrf(server()).header("Authorization", basic(user));
    }

    private static HttpGraphQl withCsrf(HttpGraphQl server) {
        return server.header("Cookie", "XSRF-TOKEN=chosen-by-the-test").header("X-XSRF-TOKEN", "chosen-by-the-test");
    }

    private static String basic(String user) {
        return "Basic " + Samples.base64(user.getBytes(UTF_8));
    }

    private static JsonNode upload(HttpGraphQl http, String query) {
        return http.runMultipart(query, variables(), map(), part());
    }

    private static HttpResponse<byte[]> post(HttpGraphQl http) {
        return http.postMultipart(CREATE, variables(), map(), part());
    }

    private static Map<String, ?> variables() {
        return Map.of("record", Map.of("title", "a", "document", Collections.singletonMap("file", null)));
    }

    private static Map<String, ?> map() {
        return Map.of("0", List.of("variables.record.document.file"));
    }

    private static Part part() {
        return new Part("0", "c.bin", "application/octet-stream", CONTENT);
    }
}
