package io.graphqlfiles.graphql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import io.graphqlfiles.FileErrorCode;
import io.graphqlfiles.FileListener;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.FileSourceType;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.SweepResult;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FileListenerTest {

    private static final String CREATE =
            "mutation($p: ProductInput!) { createProduct(product: $p) { id image { url } } }";

    private final List<Object> events = new ArrayList<>();
    private final Shop shop =
            new Shop(builder -> builder.authorizer(access -> true).listener(new Recorder()));

    private final class Recorder implements FileListener {

        @Override
        public void stored(Stored stored) {
            events.add(stored);
        }

        @Override
        public void refused(Refused refused) {
            events.add(refused);
        }

        @Override
        public void served(Served served) {
            events.add(served);
        }

        @Override
        public void swept(Swept swept) {
            events.add(swept);
        }
    }

    private <E> E only(Class<E> type) {
        assertThat(events).singleElement().isInstanceOf(type);
        return type.cast(events.get(0));
    }

    @Test
    void stored_isTold() {
        shop.create("hello");

        FileListener.Stored stored = only(FileListener.Stored.class);
        assertThat(stored.field()).isEqualTo("Product.image");
        assertThat(stored.source()).isEqualTo(FileSourceType.BASE64);
        assertThat(stored.store()).isEqualTo("default");
        assertThat(stored.byteSize()).isEqualTo(5);
        assertThat(stored.duration()).isPositive();
    }

    @Test
    void stored_byTheApplication_hasNoSource() throws IOException {
        shop.graphQl();
        shop.files().store("Product.image", FileSource.of(() -> new ByteArrayInputStream(new byte[7])));

        FileListener.Stored stored = only(FileListener.Stored.class);
        assertThat(stored.source()).isNull();
        assertThat(stored.byteSize()).isEqualTo(7);
    }

    /** Notes the beginning and the end of each file, with a name before it. */
    private final class Tracer implements FileListener {

        private final String name;

        Tracer(String name) {
            this.name = name;
        }

        @Override
        public Ending storing(Storing storing, DataFetchingEnvironment environment) {
            String field =
                    environment == null ? "application" : environment.getField().getName();
            events.add(name + " begins " + storing.field() + " " + storing.source() + " " + storing.store() + " by "
                    + field);
            return (isStored, code) -> events.add(name + " ends " + isStored + " " + code);
        }
    }

    @Test
    void storing_isTold_beforeAndAfter_theLastClosesFirst() throws IOException {
        Shop traced = new Shop(builder ->
                builder.listener(new Tracer("a")).listener(new Tracer("b")).listener(new Recorder()));
        traced.create("hello");

        assertThat(events)
                .hasSize(5)
                .startsWith(
                        "a begins Product.image BASE64 default by createProduct",
                        "b begins Product.image BASE64 default by createProduct",
                        "b ends true null",
                        "a ends true null")
                .last()
                .isInstanceOf(FileListener.Stored.class);

        events.clear();
        traced.files().store("Product.image", FileSource.of(() -> new ByteArrayInputStream(new byte[7])));
        assertThat(events)
                .startsWith("a begins Product.image null default by application")
                .contains("a ends true null");
    }

    @Test
    void storing_ends_howeverItFails() {
        Shop traced = new Shop(builder -> builder.listener(new Tracer("a"))
                .listener(new Recorder())
                .validator(candidate -> {
                    if (candidate.byteSize() == 3) {
                        throw new IllegalStateException("a failure of the test");
                    }
                }));

        traced.execute(CREATE, Map.of("p", Map.of("image", Map.of("base64", "no base64!"))));
        assertThat(events)
                .containsExactly(
                        "a begins Product.image BASE64 default by createProduct",
                        "a ends false FILE_BASE64_INVALID",
                        new FileListener.Refused("Mutation.createProduct", FileErrorCode.FILE_BASE64_INVALID));
        events.clear();
        traced.execute(CREATE, Map.of("p", Map.of("image", Catalogue.text("bug"))));
        assertThat(events)
                .endsWith(
                        "a ends false FILE_CHECK_FAILED",
                        new FileListener.Refused("Mutation.createProduct", FileErrorCode.FILE_CHECK_FAILED));
        events.clear();
        traced.blobs.fail(Operation.PUT).before();
        traced.execute(CREATE, Map.of("p", Map.of("image", Catalogue.text("hello"))));
        assertThat(events).contains("a ends false FILE_STORE_UNAVAILABLE");
    }

    @Test
    void storing_fails_changesNothing_andTheOthersAreTold() {
        Shop other = new Shop(builder -> builder.listener(new FileListener() {
                    @Override
                    public Ending storing(Storing storing, DataFetchingEnvironment environment) {
                        throw new IllegalStateException("a failure of the test");
                    }
                })
                .listener(new FileListener() {
                    @Override
                    public Ending storing(Storing storing, DataFetchingEnvironment environment) {
                        return (isStored, code) -> {
                            throw new IllegalStateException("another");
                        };
                    }
                })
                .listener(new Tracer("a"))
                .listener(new Recorder()));

        String id = other.create("hello");

        assertThat(other.contents("image", id)).containsExactly("hello");
        assertThat(events).hasSize(3).contains("a ends true null");
    }

    @Test
    void refused_isTold() {
        shop.execute(CREATE, Map.of("p", Map.of("image", Map.of("base64", "no base64!"))));

        assertThat(only(FileListener.Refused.class))
                .isEqualTo(new FileListener.Refused("Mutation.createProduct", FileErrorCode.FILE_BASE64_INVALID));
    }

    @Test
    void refused_byAnOperationOfTheLibrary_isTold() {
        shop.execute("{ fileUpload(token: \"guessed\") { complete } }");

        assertThat(only(FileListener.Refused.class))
                .isEqualTo(new FileListener.Refused("Query.fileUpload", FileErrorCode.FILE_TOKEN_INVALID));
    }

    @Test
    void store_fails_isToldAsRefused() {
        shop.blobs.fail(Operation.PUT).before();

        shop.execute(CREATE, Map.of("p", Map.of("image", Catalogue.text("hello"))));

        assertThat(only(FileListener.Refused.class).code()).isEqualTo(FileErrorCode.FILE_STORE_UNAVAILABLE);
    }

    @Test
    void fieldsWithoutFiles_tellNothing() {
        shop.created(Map.of("name", "Cup"));
        shop.execute("{ products { id name image { url } } }");

        assertThat(events).isEmpty();
    }

    @Test
    void listener_fails_changesNothing() {
        Shop other = new Shop(builder -> builder.listener(new FileListener() {
                    @Override
                    public void stored(Stored stored) {
                        throw new IllegalStateException("a failure of the test");
                    }
                })
                .listener(new Recorder()));

        String id = other.create("hello");

        assertThat(other.contents("image", id)).containsExactly("hello");
        assertThat(events).hasSize(1);
    }

    @Test
    void listener_withNothingOverridden_isTold() throws IOException {
        Shop other = new Shop(builder -> builder.listener(new FileListener() {}));

        String id = other.create("hello");
        serve(other, "GET", other.files().url(file(other, id)));
        other.files().maintenance().sweep();

        assertThat(other.contents("image", id)).containsExactly("hello");
    }

    @Test
    void served_isTold_whenTheAnswerIsClosed() throws IOException {
        String id = shop.create("hello");
        events.clear();

        serve(shop, "GET", shop.files().url(file(shop, id)));

        FileListener.Served served = only(FileListener.Served.class);
        assertThat(served.method()).isEqualTo("GET");
        assertThat(served.store()).isEqualTo("default");
        assertThat(served.status()).isEqualTo(200);
        assertThat(served.sentBytes()).isEqualTo(5);
        assertThat(served.receivedBytes()).isZero();
    }

    @Test
    void served_upload_countsWhatWasReceived() throws IOException {
        upload("cup.txt", "hello");

        FileListener.Served served = only(FileListener.Served.class);
        assertThat(served.method()).isEqualTo("PUT");
        assertThat(served.status()).isEqualTo(201);
        assertThat(served.receivedBytes()).isEqualTo(5);
    }

    /** Whoever asks without leave must not choose what metrics there are. */
    @Test
    void served_ofWhatTheClientInvents_tellsNothing() throws IOException {
        shop.graphQl();

        serve(shop, "BREW", URI.create("/files/default/coffee"));
        serve(shop, "GET", URI.create("/files/invented/key"));
        serve(shop, "GET", URI.create("/files/nowhere"));

        assertThat(events)
                .map(FileListener.Served.class::cast)
                .extracting(served -> served.method() + " " + served.store() + " " + served.status())
                .containsExactly("OTHER default 405", "GET null 403", "GET null 404");
    }

    @Test
    void sweeping_isToldBeforeAndAfter_andNotOfDryRuns() {
        List<String> steps = new ArrayList<>();
        Shop swept = new Shop(builder -> builder.listener(steps(steps, "one")).listener(steps(steps, "two")));

        swept.files()
                .maintenance()
                .sweep(SweepOptions.newSweepOptions().dryRun(true).build());
        assertThat(steps).isEmpty();
        swept.files().maintenance().sweep();

        assertThat(steps)
                .containsExactly("one begins", "two begins", "two ended", "one ended", "one swept", "two swept");
    }

    private static FileListener steps(List<String> steps, String name) {
        return new FileListener() {
            @Override
            public Consumer<SweepResult> sweeping() {
                steps.add(name + " begins");
                return result -> steps.add(name + (result.failures().isEmpty() ? " ended" : " failed"));
            }

            @Override
            public void swept(Swept swept) {
                steps.add(name + " swept");
            }
        };
    }

    @Test
    void swept_isTold() {
        shop.create("hello");
        events.clear();

        shop.files()
                .maintenance()
                .sweep(SweepOptions.newSweepOptions().dryRun(true).build());
        assertThat(events).isEmpty();
        shop.files().maintenance().sweep();

        FileListener.Swept swept = only(FileListener.Swept.class);
        assertThat(swept.result().failures()).isEmpty();
        assertThat(swept.result().attachments().deleted()).isZero();
        assertThat(swept.duration()).isGreaterThan(Duration.ZERO);
    }

    @Test
    void events_haveNoSecrets() throws IOException {
        String token = upload("salary-of-alice.txt", "confidential words");
        String id = shop.created(Map.of("image", Map.of("directUploadToken", token)));
        StoredFile file = file(shop, id);
        URI url = shop.files().url(file);
        serve(shop, "GET", url);
        serve(shop, "GET", URI.create(url + "0"));
        shop.execute(CREATE, Map.of("p", Map.of("image", Map.of("directUploadToken", token + "x"))));
        shop.execute(
                CREATE,
                Map.of(
                        "p",
                        Map.of("image", Map.of("copyURL", "http://user-of-the-net.example:1/secret-path?key=k3y"))));
        shop.execute(CREATE, Map.of("p", Map.of("image", Map.of("base64", "!", "fileName", "salary-of-alice.txt"))));
        shop.blobs.fail(Operation.LIST).before();
        shop.files().maintenance().sweep();

        assertThat(events).hasSizeGreaterThan(7);
        assertThat(events.toString())
                .doesNotContain(
                        token,
                        file.key(),
                        file.id(),
                        "salary",
                        "confidential",
                        "secret-path",
                        "k3y",
                        "example",
                        Catalogue.SECRET)
                .doesNotContain(url.getRawQuery().split("[=&]"))
                .doesNotContain(url.getPath());
    }

    private static StoredFile file(Shop shop, String id) {
        return shop.files().attachments().list("Product.image", id).get(0);
    }

    /** Uploads directly, and gives the token. */
    private String upload(String fileName, String content) throws IOException {
        ExecutionResult started = shop.execute(
                "mutation($n: String!, $s: Long!) { startFileUpload(input: {field: \"Product.image\", fileName: $n,"
                        + " byteSize: $s}) { token request { url headers { name value } } } }",
                Map.of("n", fileName, "s", content.length()));
        Map<String, Object> upload = Catalogue.dataOf(started, "startFileUpload");
        Map<?, ?> request = (Map<?, ?>) upload.get("request");
        URI url = URI.create(request.get("url").toString());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Object header : (List<?>) request.get("headers")) {
            headers.put((String) ((Map<?, ?>) header).get("name"), (String) ((Map<?, ?>) header).get("value"));
        }
        byte[] bytes = content.getBytes(UTF_8);
        try (FileEndpointResponse answer = shop.files()
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        "PUT",
                        url.getRawPath().substring("/files".length()),
                        url.getRawQuery(),
                        headers::get,
                        new ByteArrayInputStream(bytes),
                        bytes.length))) {
            assertThat(answer.status()).isEqualTo(201);
        }
        return (String) upload.get("token");
    }

    private static void serve(Shop shop, String method, URI url) throws IOException {
        try (FileEndpointResponse answer = shop.files()
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        method,
                        url.getRawPath().substring("/files".length()),
                        url.getRawQuery(),
                        name -> null,
                        new ByteArrayInputStream(new byte[0]),
                        0))) {
            answer.writeTo(new ByteArrayOutputStream());
        }
    }
}
