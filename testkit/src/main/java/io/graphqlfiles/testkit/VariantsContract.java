package io.graphqlfiles.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.media.FileAnalyzer;
import io.graphqlfiles.spi.media.FileFacts;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.spi.media.VariantRecipe.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of pictures in a store, as a test: facts are read from it in ranges, a variant is made into it, given
 * out by whoever gives out the store's files, and deleted with its original. A store proves itself with a class of a
 * few lines, as with {@link BlobStoreContract}.
 *
 * <p>The store need not be empty; nothing else may store or delete private files in it meanwhile.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class VariantsContract {

    private static final String SDL =
            "type Query { picture: StoredFile @file @variant(name: \"thumb\", width: 200, format: WEBP) }";
    private static final String PICTURE = "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- 40x30 --></svg>";

    private final TextPictures pictures = new TextPictures();
    private BlobStore store = new InMemoryBlobStore();
    private @Nullable GraphQLFiles files;
    private @Nullable GraphQL graphQl;
    private @Nullable StoredFile picture;

    /**
     * Gives the store to be tested. Called before every test, in the thread of the test; whoever opens something for it
     * closes it in an {@code @AfterEach} method of its own.
     */
    protected abstract BlobStore createStore() throws Exception;

    @BeforeEach
    final void prepare() throws Exception {
        store = createStore();
        GraphQLFiles built = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .analyzer(pictures)
                .variantMaker(pictures)
                .build();
        files = built;
        RuntimeWiring wiring = built.addScalars(RuntimeWiring.newRuntimeWiring())
                .type("Query", type -> type.dataFetcher("picture", environment -> picture))
                .build();
        graphQl = GraphQL.newGraphQL(built.apply(new SchemaGenerator()
                        .makeExecutableSchema(built.addTypeDefinitions(new SchemaParser().parse(SDL)), wiring)))
                .build();
    }

    @AfterEach
    final void close() {
        if (files != null) {
            files.close();
        }
    }

    @Test
    void variant_isMadeOnce_givenOutLikeItsOriginal_andGoneWithIt() throws Exception {
        GraphQLFiles library = requireNonNull(files);
        List<String> before = keys();
        StoredFile stored = library.store("Query.picture", FileSource.of(PICTURE.getBytes(UTF_8)));
        picture = stored;
        assertThat(stored.facts()).isEqualTo(FileFacts.none().withSize(40, 30));
        String url = (String) requireNonNull(thumb().get("url"));
        assertThat(url).startsWith("/files/default/private/variants/");

        String known = url;
        try (FileEndpointResponse response = get(url)) {
            if (response.status() == 302) {
                known = requireNonNull(response.headers().get("Location"));
                requireThumb(fetch(known));
            } else {
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.headers()).containsEntry("Content-Type", "image/webp");
                assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("small " + PICTURE);
            }
        }

        // Known to be there, it is had without a detour.
        assertThat(thumb())
                .containsEntry("url", known)
                .containsEntry("width", 40)
                .containsEntry("height", 30)
                .containsEntry("mimeType", "image/webp");
        assertThat(library.makeVariants("Query.picture", stored)).isEqualTo(1);
        assertThat(pictures.made).hasValue(1);
        assertThat(keys()).hasSize(before.size() + 2);

        library.delete(stored);

        assertThat(keys()).containsExactlyInAnyOrderElementsOf(before);
        // A store that gives out its files itself may still be named for a while; nothing is made again.
        try (FileEndpointResponse response = get(url)) {
            assertThat(response.status()).isIn(302, 404);
        }
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(before);
    }

    private Map<String, Object> thumb() {
        Map<String, Map<String, Map<String, Object>>> data = requireNonNull(graphQl)
                .execute("{ picture { variant(name: \"thumb\") { url width height mimeType } } }")
                .getData();
        return requireNonNull(requireNonNull(data.get("picture")).get("variant"));
    }

    private FileEndpointResponse get(String url) throws IOException {
        int query = url.indexOf('?');
        return requireNonNull(files)
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        "GET",
                        url.substring("/files".length(), query),
                        url.substring(query + 1),
                        name -> null,
                        InputStream.nullInputStream(),
                        -1));
    }

    private static HttpResponse<String> fetch(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .timeout(Duration.ofMinutes(1))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void requireThumb(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("small " + PICTURE);
        assertThat(response.headers().firstValue("Content-Type")).contains("image/webp");
    }

    private List<String> keys() {
        return store.list("private/", null, 1000).blobs().stream()
                .map(BlobInfo::key)
                .toList();
    }

    /** Reads and makes "pictures" that are text: {@code 40x30} has that size. */
    private static final class TextPictures implements FileAnalyzer, VariantMaker {

        final AtomicInteger made = new AtomicInteger();

        @Override
        public boolean analyzes(String mimeType) {
            return mimeType.equals("image/svg+xml");
        }

        @Override
        public Analysis analyzeHead(String mimeType, byte[] head) {
            return new Analysis(FileFacts.none(), false);
        }

        @Override
        public FileFacts analyze(StoredContent content, FileFacts found) throws IOException {
            int at = PICTURE.indexOf("40x30");
            try (InputStream range = content.open(new ByteRange(at, 5))) {
                return new String(range.readAllBytes(), UTF_8).equals("40x30") ? found.withSize(40, 30) : found;
            }
        }

        @Override
        public boolean makes(String mimeType, VariantRecipe recipe, Format format) {
            return mimeType.equals("image/svg+xml");
        }

        @Override
        public InputStream make(StoredContent original, VariantRecipe recipe, Format format, Duration limit)
                throws IOException {
            made.incrementAndGet();
            try (InputStream whole = original.open(ByteRange.whole())) {
                String text = new String(whole.readAllBytes(), UTF_8);
                return new ByteArrayInputStream(("small " + text).getBytes(UTF_8));
            }
        }
    }
}
