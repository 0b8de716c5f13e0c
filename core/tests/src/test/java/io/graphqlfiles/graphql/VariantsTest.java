package io.graphqlfiles.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.FileSchemaException;
import io.graphqlfiles.FileSource;
import io.graphqlfiles.StoredFile;
import io.graphqlfiles.VariantOptions;
import io.graphqlfiles.maintenance.SweepOptions;
import io.graphqlfiles.maintenance.VariantSweepResult;
import io.graphqlfiles.server.FileEndpointRequest;
import io.graphqlfiles.server.FileEndpointResponse;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.spi.media.StoredContent;
import io.graphqlfiles.spi.media.VariantMaker;
import io.graphqlfiles.spi.media.VariantRecipe;
import io.graphqlfiles.testkit.FaultyBlobStore;
import io.graphqlfiles.testkit.FaultyBlobStore.Operation;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variants of pictures: who may have which, how often each is made, and that none outlives its original. */
class VariantsTest {

    private static final String SDL = """
            type Query { product: Product  products: [Product!] }
            type Product {
              image: StoredFile @file(maxSize: "1MB")
                  @variant(name: "thumb", width: 200, height: 200, fit: COVER, format: WEBP)
                  @variant(name: "page", width: 1280)
              cover: StoredFile @file(visibility: PUBLIC) @variant(name: "thumb", width: 100)
              manual: StoredFile @file
            }
            """;
    private static final String THUMB = "{ product { image { variant(name: \"thumb\") { url } } } }";

    private final FakePictures pictures = new FakePictures();
    private final Catalogue catalogue = new Catalogue().sdl(SDL);
    private final FaultyBlobStore store = new FaultyBlobStore(catalogue.store);
    private VariantOptions options =
            VariantOptions.newVariantOptions().atOnce(2).build();
    private Product product = new Product(null, null, null);

    private record Product(StoredFile image, StoredFile cover, StoredFile manual) {}

    private record Answer(int status, Map<String, String> headers, String body) {}

    VariantsTest() {
        catalogue
                .store(store)
                .settings(builder ->
                        builder.analyzer(pictures).variantMaker(pictures).variantOptions(options))
                .query("product", environment -> product);
    }

    @AfterEach
    void release() {
        if (pictures.hold != null) {
            pictures.hold.countDown();
        }
        catalogue.files().close();
    }

    private StoredFile store(String field, String text) throws IOException {
        catalogue.graphQl();
        StoredFile file = catalogue
                .files()
                .store(field, FileSource.of(FakePictures.text(text).getBytes(StandardCharsets.UTF_8)));
        product = switch (field) {
            case "Product.image" -> new Product(file, null, null);
            case "Product.cover" -> new Product(null, file, null);
            default -> new Product(null, null, file);
        };
        return file;
    }

    private String thumb() {
        Map<String, Map<String, Map<String, String>>> found = Catalogue.dataOf(catalogue.execute(THUMB), "product");
        return found.get("image").get("variant").get("url");
    }

    private Answer get(String url) throws IOException {
        String below = url.substring("/files".length());
        int query = below.indexOf('?');
        try (FileEndpointResponse response = catalogue
                .files()
                .server()
                .fileEndpoint()
                .handle(new FileEndpointRequest(
                        "GET",
                        query < 0 ? below : below.substring(0, query),
                        query < 0 ? null : below.substring(query + 1),
                        name -> null,
                        InputStream.nullInputStream(),
                        -1))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            response.writeTo(out);
            return new Answer(response.status(), response.headers(), out.toString(StandardCharsets.UTF_8));
        }
    }

    private List<String> variantKeys() {
        return catalogue.store.keys().stream()
                .filter(key -> key.contains("/variants/"))
                .toList();
    }

    @Test
    void variants_areDescribedWithoutIO() throws IOException {
        store("Product.image", "4000x3000");
        int before = calls();

        Map<String, Map<String, Object>> found = Catalogue.dataOf(
                catalogue.execute(
                        "{ product { image { width variants { name width height mimeType url urlExpiresAt } none: variant(name: \"huge\") { url } } } }"),
                "product");

        assertThat(found.get("image")).containsEntry("width", 4000).containsEntry("none", null);
        List<Map<String, Object>> variants = list(found.get("image").get("variants"));
        assertThat(variants).extracting(each -> each.get("name")).containsExactly("thumb", "page");
        assertThat(variants.get(0))
                .containsEntry("width", 200)
                .containsEntry("height", 200)
                .containsEntry("mimeType", "image/webp");
        assertThat(variants.get(1)).containsEntry("width", 1280).containsEntry("height", 960);
        assertThat(variants.get(1).get("urlExpiresAt")).isNotNull();
        assertThat(calls()).isEqualTo(before);
        assertThat(pictures.made).isEmpty();
    }

    private int calls() {
        return Stream.of(Operation.values()).mapToInt(store::calls).sum();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }

    @Test
    void otherFiles_haveNone() throws IOException {
        catalogue.graphQl();
        StoredFile text = catalogue.files().store("Product.image", FileSource.of(new byte[] {'a', 'b'}));
        product = new Product(text, null, text);

        Map<String, Object> found = Catalogue.dataOf(
                catalogue.execute(
                        "{ product { image { variants { name } variant(name: \"thumb\") { url } } manual { variants { name } } } }"),
                "product");

        assertThat(found).hasToString("{image={variants=[], variant=null}, manual={variants=[]}}");
    }

    @Test
    void variant_ofText_isMadeOfItsTypeWithoutTheEncoding() throws IOException {
        List<String> made = new ArrayList<>();
        catalogue.settings(builder -> builder.variantMaker(new VariantMaker() {
            @Override
            public boolean makes(String mimeType, VariantRecipe recipe, VariantRecipe.Format format) {
                return mimeType.equals("text/plain");
            }

            @Override
            public InputStream make(
                    StoredContent original, VariantRecipe recipe, VariantRecipe.Format format, Duration limit) {
                made.add(original.mimeType());
                return new ByteArrayInputStream(new byte[] {1});
            }
        }));
        catalogue.graphQl();
        StoredFile text = catalogue.files().store("Product.image", FileSource.of(new byte[] {'a', 'b'}));
        product = new Product(text, null, null);

        assertThat(get(thumb()).status()).isEqualTo(200);
        assertThat(made).containsExactly("text/plain");
    }

    @Test
    void variant_isMadeOnce_thenServedLikeAFile() throws IOException {
        StoredFile file = store("Product.image", "4000x3000");
        String url = thumb();

        Answer first = get(url);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).startsWith("VariantRecipe[200 x 200, COVER, WEBP] of <svg");
        assertThat(first.headers())
                .containsEntry("Content-Type", "image/webp")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .hasEntrySatisfying(
                        "Cache-Control", value -> assertThat(value).matches("private, max-age=\\d+, immutable"));
        assertThat(get(url).body()).isEqualTo(first.body());
        assertThat(thumb()).isEqualTo(url);
        assertThat(pictures.made).hasSize(1);
        assertThat(variantKeys())
                .singleElement()
                .asString()
                .startsWith("private/variants/" + file.key().substring(8) + "/");
    }

    @Test
    void variant_manyAskAtOnce_isMadeOnce() throws Exception {
        store("Product.image", "4000x3000");
        String url = thumb();
        pictures.hold = new CountDownLatch(1);
        ExecutorService clients = Executors.newFixedThreadPool(500);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            CountDownLatch asking = new CountDownLatch(500);
            for (int i = 0; i < 500; i++) {
                answers.add(clients.submit(() -> {
                    asking.countDown();
                    return get(url);
                }));
            }
            assertThat(asking.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(pictures.begun.await(1, TimeUnit.MINUTES)).isTrue();
            pictures.hold.countDown();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get(1, TimeUnit.MINUTES).status()).isEqualTo(200);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(pictures.made).hasSize(1);
        assertThat(variantKeys()).hasSize(1);
    }

    @Test
    void variant_madeByAnotherNodeMeanwhile_isTaken() throws Exception {
        store("Product.image", "4000x3000");
        String url = thumb();
        Catalogue other = new Catalogue()
                .sdl(SDL)
                .store(store)
                .settings(builder -> builder.analyzer(pictures).variantMaker(pictures));
        other.graphQl();
        pictures.hold = new CountDownLatch(1);
        CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> answer(url));
        assertThat(pictures.begun.await(1, TimeUnit.MINUTES)).isTrue();
        pictures.hold.countDown();
        assertThat(slow.get(1, TimeUnit.MINUTES).status()).isEqualTo(200);

        assertThat(get(url).status()).isEqualTo(200);
        assertThat(variantKeys()).hasSize(1);
        other.files().close();
    }

    private Answer answer(String url) {
        try {
            return get(url);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void urls_thatNobodySigned_areRefused() throws IOException {
        StoredFile image = store("Product.image", "4000x3000");
        String url = thumb();
        String path = url.substring(0, url.indexOf('?'));

        assertThat(get(path).status()).isEqualTo(403);
        assertThat(get(url.replace(path, path.substring(0, path.length() - 1) + "0"))
                        .status())
                .isEqualTo(403);
        // The right to the original is none to its variants, and the other way round.
        String original = catalogue.files().url(image).toString();
        assertThat(get(path + original.substring(original.indexOf('?'))).status())
                .isEqualTo(403);
        assertThat(get("/files/default/" + image.key() + url.substring(url.indexOf('?')))
                        .status())
                .isEqualTo(403);
        assertThat(pictures.made).isEmpty();
    }

    @Test
    void url_expiresLikeThatOfItsFile() throws IOException {
        StoredFile image = store("Product.image", "4000x3000");
        String url = thumb();
        String original = catalogue.files().url(image).toString();
        catalogue.clock.advance(Duration.ofDays(30));

        assertThat(get(original).status()).isEqualTo(403);
        assertThat(get(url).status()).isEqualTo(403);
        assertThat(pictures.made).isEmpty();
        assertThat(get(thumb()).status()).isEqualTo(200);
    }

    @Test
    void publicVariant_isMadeForWhoHasItsUrl_andServedToAll() throws IOException {
        store("Product.cover", "400x300");
        Map<String, Map<String, Map<String, String>>> found = Catalogue.dataOf(
                catalogue.execute("{ product { cover { variant(name: \"thumb\") { url } } } }"), "product");
        String url = found.get("cover").get("variant").get("url");
        String path = url.substring(0, url.indexOf('?'));

        assertThat(get(path).status()).isEqualTo(404);
        assertThat(pictures.made).isEmpty();
        assertThat(get(url).status()).isEqualTo(200);
        assertThat(get(path).status()).isEqualTo(200);
        assertThat(get(url).headers()).containsEntry("Cache-Control", "public, max-age=31536000, immutable");
    }

    @Test
    void variant_thatCannotBeMade_isRememberedForAWhile() throws IOException {
        store("Product.image", "400x300 damaged");
        String url = thumb();

        assertThat(get(url).status()).isEqualTo(422);
        assertThat(get(url).status()).isEqualTo(422);
        assertThat(pictures.made).hasSize(1);

        catalogue.clock.advance(Duration.ofMinutes(11));
        assertThat(get(url).status()).isEqualTo(422);
        assertThat(pictures.made).hasSize(2);
        assertThat(variantKeys()).isEmpty();
    }

    @Test
    void variant_thatFailsOnce_isTriedAgainLater() throws IOException {
        store("Product.image", "400x300 memory");
        String url = thumb();

        Answer first = get(url);
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.headers()).containsEntry("Retry-After", "60").containsEntry("Cache-Control", "no-store");
        assertThat(get(url).status()).isEqualTo(503);
        assertThat(pictures.made).hasSize(1);

        catalogue.clock.advance(Duration.ofMinutes(2));
        assertThat(get(url).status()).isEqualTo(503);
        assertThat(pictures.made).hasSize(2);
    }

    @Test
    void variant_thatTakesTooLong_isGivenUp_andOthersGoOn() throws IOException {
        options = VariantOptions.newVariantOptions()
                .atOnce(2)
                .timeLimit(Duration.ofMillis(1))
                .build();
        StoredFile slow = store("Product.image", "400x300");
        String url = thumb();
        pictures.hold = new CountDownLatch(1);

        assertThat(get(url).status()).isEqualTo(503);
        assertThat(get(url).status()).isEqualTo(503);
        pictures.hold = null;
        store("Product.image", "800x600");
        // On a machine with much to do, this may take too long as well.
        int status = get(thumb()).status();
        for (int i = 0; i < 60 && status != 200; i++) {
            catalogue.clock.advance(Duration.ofMinutes(2));
            status = get(thumb()).status();
        }
        assertThat(status).isEqualTo(200);
        assertThat(variantKeys())
                .allSatisfy(key -> assertThat(key).doesNotContain(slow.key().substring(8)));
    }

    @Test
    void variant_thatIsTooLarge_isNotStored() throws IOException {
        options = VariantOptions.newVariantOptions().maxSize(ByteSize.bytes(10)).build();
        store("Product.image", "400x300");

        assertThat(get(thumb()).status()).isEqualTo(422);
        assertThat(variantKeys()).isEmpty();
    }

    @Test
    void deletedFile_takesItsVariantsAlong() throws IOException {
        StoredFile file = store("Product.image", "400x300");
        String url = thumb();
        get(url);
        assertThat(variantKeys()).hasSize(1);

        catalogue.files().delete(file);

        assertThat(catalogue.store.keys()).isEmpty();
        assertThat(get(url).status()).isEqualTo(404);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void fileDeletedWhileAVariantIsMade_leavesNone() throws Exception {
        StoredFile file = store("Product.image", "400x300");
        String url = thumb();
        pictures.hold = new CountDownLatch(1);
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> answer(url));
        assertThat(pictures.begun.await(1, TimeUnit.MINUTES)).isTrue();

        catalogue.files().delete(file);
        pictures.hold.countDown();

        assertThat(answer.get(1, TimeUnit.MINUTES).status()).isEqualTo(404);
        assertThat(catalogue.store.keys()).isEmpty();
    }

    @Test
    void attachedFile_takesItsVariantsAlong_andReconcileKnowsThem() throws IOException {
        Shop shop = new Shop(builder -> builder.analyzer(pictures).variantMaker(pictures));
        shop.catalogue.sdl(Shop.SDL.replace(
                "image: StoredFile @file", "image: StoredFile @file @variant(name: \"thumb\", width: 10)"));
        String id = shop.create(FakePictures.text("40x30"));
        assertThat(shop.files()
                        .maintenance()
                        .makeVariants(SweepOptions.newSweepOptions().build()))
                .isEqualTo(1);
        assertThat(shop.catalogue.store.keys())
                .anySatisfy(key -> assertThat(key).startsWith("private/variants/attached/"));
        shop.catalogue.clock.advance(Duration.ofDays(3));
        assertThat(shop.files()
                        .maintenance()
                        .reconcile(
                                io.graphqlfiles.maintenance.ReconcileOptions.newReconcileOptions()
                                        .deletesOrphans(true)
                                        .build(),
                                finding -> {})
                        .orphans())
                .isZero();
        assertThat(shop.catalogue.store.keys())
                .anySatisfy(key -> assertThat(key).contains("/variants/"));

        shop.execute("mutation { deleteProduct(id: \"" + id + "\") }");

        assertThat(shop.catalogue.store.keys())
                .noneSatisfy(key -> assertThat(key).contains("/variants/"));
        shop.assertTidy(0);
        shop.files().close();
    }

    @Test
    void sweep_deletesVariantsWithoutOriginalOrRecipe() throws IOException {
        StoredFile kept = store("Product.image", "400x300");
        get(thumb());
        StoredFile gone = store("Product.image", "800x600");
        get(thumb());
        // As a crash between the two would leave it.
        catalogue.store.delete(List.of(gone.key()));
        Catalogue later = new Catalogue()
                .sdl(SDL.replace("width: 1280", "width: 1300"))
                .store(store)
                .settings(builder -> builder.analyzer(pictures).variantMaker(pictures));
        later.graphQl();

        VariantSweepResult dry = later.files()
                .maintenance()
                .sweepVariants(SweepOptions.newSweepOptions().dryRun(true).build());
        assertThat(dry.deleted()).isEqualTo(1);
        assertThat(variantKeys()).hasSize(2);
        assertThat(later.files()
                        .maintenance()
                        .sweepVariants(SweepOptions.newSweepOptions().build())
                        .deleted())
                .isEqualTo(1);
        assertThat(variantKeys()).singleElement().asString().contains(kept.key().substring(8));

        Catalogue without = new Catalogue().sdl("type Query { a: StoredFile }").store(store);
        without.schema();
        assertThat(without.files()
                        .maintenance()
                        .sweepVariants(SweepOptions.newSweepOptions().build())
                        .deleted())
                .isEqualTo(1);
        assertThat(catalogue.store.keys()).containsExactly(kept.key());
        later.files().close();
    }

    @Test
    void variants_aheadOfTime() throws IOException {
        StoredFile file = store("Product.image", "400x300");

        assertThat(catalogue.files().makeVariants("Product.image", file)).isEqualTo(2);
        assertThat(catalogue.files().makeVariants("Product.image", file)).isEqualTo(2);
        assertThat(pictures.made).hasSize(2);
        assertThat(variantKeys()).hasSize(2);
    }

    @Test
    void variants_rightAfterTheUpload() throws Exception {
        options = VariantOptions.newVariantOptions().eager(true).build();
        store("Product.image", "400x300");

        // Asking waits for the one that is being made.
        assertThat(get(thumb()).status()).isEqualTo(200);
        assertThat(pictures.made.stream().filter(recipe -> recipe.contains("COVER")))
                .hasSize(1);
    }

    @Test
    void storeThatSigns_servesItsVariantsItself() throws IOException {
        SigningStore signing = new SigningStore(catalogue.store);
        catalogue.store(signing);
        store("Product.image", "400x300");
        String url = thumb();
        assertThat(url).startsWith("/files/default/private/variants/");

        Answer answer = get(url);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers())
                .hasEntrySatisfying(
                        "Location", value -> assertThat(value).startsWith("https://bucket.test/private/variants/"))
                .hasEntrySatisfying("Cache-Control", value -> assertThat(value).matches("private, max-age=\\d+"));
        // Known to be there, it is had without a detour.
        assertThat(thumb()).isEqualTo(answer.headers().get("Location"));
        assertThat(get(url).headers().get("Location"))
                .isEqualTo(answer.headers().get("Location"));
        assertThat(pictures.made).hasSize(1);
        // But nothing else of such a store is served here.
        assertThat(get(url.replace("/variants", "")).status()).isIn(403, 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@variant(name: \"a\")                                            | expected width, height or both, found none",
                "@variant(name: \"a\", width: 0)                                  | width: expected 1 to 10000, found 0",
                "@variant(name: \"a\", width: 10, fit: COVER)                     | fit: COVER expected with width and height",
                "@variant(name: \"a-b\", width: 10)                               | expected a name as in GraphQL",
                "@variant(name: \"a\", width: 10, quality: 101)                   | quality: expected 1 to 100, found 101",
                "@variant(name: \"a\", width: 1) @variant(name: \"a\", width: 2)  | \"a\" is declared twice",
            })
    void mistakes_areNamed(String directives, String problem) {
        Catalogue wrong = new Catalogue()
                .sdl("type Query { a: StoredFile " + directives + " }")
                .settings(builder -> builder.variantMaker(pictures));

        assertThatThrownBy(wrong::schema)
                .isInstanceOf(FileSchemaException.class)
                .hasMessageContaining("Query.a: @variant")
                .hasMessageContaining(problem);
    }

    @Test
    void endpointOff_isAMistake() {
        Catalogue off = new Catalogue()
                .sdl("type Query { a: StoredFile @variant(name: \"a\", width: 1) }")
                .store(new SigningStore(catalogue.store))
                .settings(builder -> builder.variantMaker(pictures).fileEndpoint(false));

        assertThatThrownBy(off::schema).hasMessageContaining("expected the file endpoint");
    }

    @Test
    void store_failing_isNotRemembered() throws IOException {
        store("Product.image", "400x300");
        String url = thumb();
        store.fail(Operation.PUT).atCall(1).before();

        assertThat(get(url).status()).isEqualTo(503);
        assertThat(get(url).status()).isEqualTo(200);
    }

    private static final class SigningStore extends ForwardingBlobStore implements DirectAccess {

        SigningStore(BlobStore delegate) {
            super(delegate);
        }

        @Override
        public SignedRequest signPut(SignPutRequest put) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public SignedUrl signGet(SignGetRequest get) {
            boolean ends = get.visibility() == Visibility.PRIVATE;
            return new SignedUrl(
                    "https://bucket.test/" + get.key() + (ends ? "?from=" + get.signedAt() : ""),
                    ends ? get.expiresAt() : null);
        }
    }
}
