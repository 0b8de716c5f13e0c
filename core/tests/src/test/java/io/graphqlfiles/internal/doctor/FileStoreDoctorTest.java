package io.graphqlfiles.internal.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.graphqlfiles.engine.GraphQLFiles;
import io.graphqlfiles.graphql.ForwardingPartStore;
import io.graphqlfiles.internal.endpoint.FileEndpointServer;
import io.graphqlfiles.maintenance.FileStoreReport;
import io.graphqlfiles.maintenance.FileStoreReport.Finding.Outcome;
import io.graphqlfiles.spi.BlobInfo;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.BlobStoreException;
import io.graphqlfiles.spi.BucketSetup;
import io.graphqlfiles.spi.ByteRange;
import io.graphqlfiles.spi.CopyRequest;
import io.graphqlfiles.spi.PartUpload;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.UploadedPart;
import io.graphqlfiles.testkit.ForwardingBlobStore;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores and servers that do as they should, and ones that lie. */
class FileStoreDoctorTest {

    private static final String SHOP = "https://shop.example";
    private static final String FIELDS = """
            type Query { image: StoredFile @file(visibility: PUBLIC) manual: StoredFile @file }
            type Mutation { image(image: StoredFileInput @file(field: "Query.image")): Int }
            """;

    private final MovableClock clock = MovableClock.at("2026-11-21T10:20:30Z");
    private final InMemoryBlobStore memory = new InMemoryBlobStore(clock);
    private FileEndpointServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = FileEndpointServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void examine_everythingRight_findsNoProblemAndLeavesNothing() {
        FileStoreReport report = examine(memory);

        assertThat(report.hasProblems()).as(report.text()).isFalse();
        assertThat(checks(report, Outcome.OK))
                .containsExactlyInAnyOrder(
                        "write",
                        "create only",
                        "read",
                        "list",
                        "unfinished uploads",
                        "copy to private/",
                        "copy to public/",
                        "create only, by copying",
                        "create only, in parts",
                        "signed upload",
                        "CORS of uploads for " + SHOP,
                        "upload without signature",
                        "signed upload in parts",
                        "CORS of parts for " + SHOP,
                        "ETag of parts for " + SHOP,
                        "signed download",
                        "CORS of downloads for " + SHOP,
                        "public download",
                        "private files without signature",
                        "staged uploads without signature",
                        "delete");
        assertThat(checks(report, Outcome.NOT_CHECKED)).containsExactly("expiry of leftovers");
        assertLeavesNothing();
    }

    @Test
    void examine_everyOriginIsAsked() {
        FileStoreReport report = examine(memory, builder -> builder.allowedOrigins(List.of(SHOP, "https://b.example")));

        assertThat(checks(report, Outcome.OK))
                .contains("CORS of uploads for " + SHOP, "CORS of uploads for https://b.example");
    }

    @Test
    void examine_allOrigins_isOneQuestion() {
        FileStoreReport report = examine(memory, builder -> builder.allowedOrigins(List.of("*")));

        assertThat(checks(report, Outcome.OK))
                .contains("CORS of uploads for all origins", "CORS of downloads for all origins");
    }

    @Test
    void examine_noDirectUploads_sendsNone() {
        FileStoreReport report = examine(memory, builder -> builder.authorizer(null));

        assertThat(report.findings())
                .extracting(FileStoreReport.Finding::check)
                .noneMatch(check -> check.contains("upload i"));
        assertThat(checks(report, Outcome.OK)).contains("signed download").doesNotContain("signed upload");
    }

    @Test
    void examine_relativeUrls_areNotChecked() {
        FileStoreReport report = examine(memory, builder -> builder.baseUrl(null));

        assertThat(finding(report, "uploads and downloads over HTTP, CORS").outcome())
                .isEqualTo(Outcome.NOT_CHECKED);
        assertThat(report.hasProblems()).isFalse();
        assertLeavesNothing();
    }

    @Test
    void examine_storeThatNoFieldUses_isLeftAlone() {
        BlobStore untouchable = new ForwardingBlobStore(memory) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) {
                throw new AssertionError("nobody asked for this");
            }
        };

        FileStoreReport report = examine(memory, builder -> builder.store("other", untouchable));

        assertThat(report.findings())
                .filteredOn(finding -> finding.store().equals("other"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.NOT_CHECKED));
    }

    @Test
    void examine_serverDown_saysSoWithoutTheSignedUrl() {
        server.close();

        FileStoreReport report = examine(memory);

        FileStoreReport.Finding finding = finding(report, "signed upload");
        assertThat(finding.outcome()).isEqualTo(Outcome.PROBLEM);
        assertThat(finding.detail()).startsWith(server.baseUrl() + " gave no answer: ");
        assertThat(report.text()).doesNotContain("/files/", "doctor/");
        assertLeavesNothing();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenStores")
    void examine_brokenStore_isAProblem(String check, BrokenStore broken) {
        FileStoreReport report = examine(broken.over(memory));

        assertThat(finding(report, check).outcome()).isEqualTo(Outcome.PROBLEM);
        assertThat(finding(report, check).advice()).isNotEmpty();
        assertLeavesNothing();
    }

    static Stream<Arguments> brokenStores() {
        return Stream.of(
                broken("write", store -> new ForwardingBlobStore(store) {
                    @Override
                    public BlobInfo put(PutRequest blob, InputStream content) {
                        throw failure("put");
                    }
                }),
                broken("create only", store -> new ForwardingBlobStore(store) {
                    @Override
                    public BlobInfo put(PutRequest blob, InputStream content) throws IOException {
                        store.delete(List.of(blob.key()));
                        return store.put(blob, content);
                    }
                }),
                broken("unfinished uploads", store -> new ForwardingBlobStore(store) {
                    @Override
                    public int removeUnfinishedWrites(Instant before) {
                        throw failure("removeUnfinishedWrites");
                    }
                }),
                broken("read", store -> new ForwardingBlobStore(store) {
                    @Override
                    public InputStream open(String key, ByteRange range) {
                        return store.open(key, ByteRange.whole());
                    }
                }),
                broken("read", store -> new ForwardingBlobStore(store) {
                    @Override
                    public @Nullable BlobInfo stat(String key) {
                        return null;
                    }
                }),
                broken("list", store -> new ForwardingBlobStore(store) {
                    @Override
                    public BlobStore.Page list(String prefix, @Nullable String cursor, int limit) {
                        return new BlobStore.Page(List.of(), null);
                    }
                }),
                broken("copy to public/", store -> new ForwardingBlobStore(store) {
                    @Override
                    public BlobInfo copy(CopyRequest copy) {
                        throw failure("copy");
                    }
                }),
                broken("copy to private/", store -> new ForwardingBlobStore(store) {
                    @Override
                    public BlobInfo copy(CopyRequest copy) {
                        try {
                            return store.put(
                                    new PutRequest(
                                            copy.targetKey(),
                                            PutRequest.UNKNOWN_SIZE,
                                            copy.contentType(),
                                            copy.contentDisposition(),
                                            copy.visibility()),
                                    new ByteArrayInputStream(new byte[1]));
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                }));
    }

    @Test
    void examine_nothingIsDeleted_isAProblem() {
        FileStoreReport report = examine(new ForwardingBlobStore(memory) {
            @Override
            public void delete(Collection<String> keys) {
                // says it did
            }
        });

        assertThat(finding(report, "delete").outcome()).isEqualTo(Outcome.PROBLEM);
        assertThat(memory.keys()).allMatch(key -> key.matches("(staged|private|public)/doctor/[a-z2-7]{32}"));
    }

    @Test
    void examine_nothingCanBeDeleted_writesNothingMore() {
        FileStoreReport report = examine(new ForwardingBlobStore(memory) {
            @Override
            public void delete(Collection<String> keys) {
                throw new BlobStoreException(
                        "test", "delete", null, false, "expected success, found status 403 AccessDenied", null);
            }
        });

        assertThat(memory.keys()).hasSize(1);
        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("delete"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.outcome()).isEqualTo(Outcome.PROBLEM));
        assertThat(checks(report, Outcome.NOT_CHECKED)).contains("everything else that needs a blob");
    }

    @Test
    void examine_bucketThatListsToEverybody_isAProblem() {
        server.filter(
                new Lie(
                        exchange -> method(exchange).equals("GET")
                                && exchange.getRequestURI().getPath().endsWith("/"),
                        Map.of()) {
                    @Override
                    String body() {
                        return "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                + "</ListBucketResult>";
                    }
                });

        FileStoreReport.Finding finding = finding(examine(new Bucket(memory, List::of)), "listing without signature");

        assertThat(finding.outcome()).isEqualTo(Outcome.PROBLEM);
        assertThat(finding.detail()).startsWith("everyone can list the bucket at http://");
    }

    @Test
    void examine_bucketThatListsToNobody_isFine() {
        FileStoreReport.Finding finding = finding(examine(new Bucket(memory, List::of)), "listing without signature");

        assertThat(finding.outcome()).isEqualTo(Outcome.OK);
    }

    /** Many servers do not know the condition yet, and none of our keys is ever used twice. */
    @Test
    void examine_copyThatReplaces_isAWarning() {
        FileStoreReport report = examine(new ForwardingBlobStore(memory) {
            @Override
            public BlobInfo copy(CopyRequest copy) {
                memory.delete(List.of(copy.targetKey()));
                return memory.copy(copy);
            }
        });

        assertThat(finding(report, "create only, by copying").outcome()).isEqualTo(Outcome.WARNING);
        assertThat(report.hasProblems()).as(report.text()).isFalse();
        assertLeavesNothing();
    }

    @Test
    void examine_uploadInPartsThatReplaces_isAProblem() {
        BlobStore replacing = new ForwardingPartStore(memory) {
            @Override
            public void completeParts(PartUpload upload, List<UploadedPart> parts) {
                memory.delete(List.of(upload.key()));
                super.completeParts(upload, parts);
            }
        };

        FileStoreReport report = examine(replacing);

        assertThat(finding(report, "create only, in parts").outcome()).isEqualTo(Outcome.PROBLEM);
        assertThat(finding(report, "create only, in parts").advice()).contains("If-None-Match");
        assertLeavesNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "found status 400 XAmzContentSHA256Mismatch, request R1 | graphql.files.s3.compatible",
                "found status 501 NotImplemented | If-None-Match",
                "found status 501 | If-None-Match",
                "found status 411 MissingContentLength, sent by the HTTP client UrlConnection | UrlConnectionHttpClient",
                "found status 411, sent by the HTTP client Apache5 | proxy",
                "found status 411 | apache5-client",
                "the service answered 411 | proxy",
                "the service answered 401 | check the credentials",
                "the service answered 404 notFound | no such bucket",
                "the service gave no answer that could be used | endpoint and the network",
                "expected an answer, found Connection refused | endpoint and the network",
                "found status 403 SignatureDoesNotMatch | secret key",
                "found status 403 InvalidAccessKeyId | does not know the access key",
                "found status 403 RequestTimeTooSkewed | clock",
                "found status 404 NoSuchBucket | no such bucket",
                "found status 301 PermanentRedirect | region",
                "found status 400 AuthorizationHeaderMalformed | region",
                "found status 403 AccessDenied | permit"
            })
    void examine_whatAServerSays_decidesTheAdvice(String said, String advice) {
        FileStoreReport report = examine(new ForwardingBlobStore(memory) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) {
                throw new BlobStoreException("test", "put", blob.key(), false, "expected success, " + said, null);
            }
        });

        assertThat(finding(report, "write").advice()).contains(advice);
    }

    @Test
    void examine_nothingCanBeWritten_saysWhatWasNotChecked() {
        FileStoreReport report = examine(new ForwardingBlobStore(memory) {
            @Override
            public BlobInfo put(PutRequest blob, InputStream content) {
                throw failure("put");
            }
        });

        assertThat(finding(report, "write").detail()).isEqualTo("test: put: refused");
        assertThat(checks(report, Outcome.NOT_CHECKED)).contains("everything else that needs a blob");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenServers")
    void examine_brokenServer_isAProblem(String check, Predicate<HttpExchange> lies, Map<String, String> headers) {
        server.filter(new Lie(lies, headers));

        FileStoreReport report = examine(memory);

        assertThat(finding(report, check).outcome()).isEqualTo(Outcome.PROBLEM);
        assertThat(finding(report, check).advice()).isNotEmpty();
        assertThat(report.text()).doesNotContain("?");
        assertLeavesNothing();
    }

    static Stream<Arguments> brokenServers() {
        Predicate<HttpExchange> preflight = exchange -> method(exchange).equals("OPTIONS");
        Predicate<HttpExchange> read = exchange -> method(exchange).equals("GET");
        Predicate<HttpExchange> write = exchange -> method(exchange).equals("PUT");
        Predicate<HttpExchange> unsigned = exchange -> exchange.getRequestURI().getRawQuery() == null;
        Predicate<HttpExchange> part = exchange -> !unsigned.test(exchange)
                && exchange.getRequestURI().getRawQuery().contains("part=");
        String origin = "Access-Control-Allow-Origin";
        String methods = "Access-Control-Allow-Methods";
        String names = "Access-Control-Allow-Headers";
        String uploads = "CORS of uploads for " + SHOP;
        String downloads = "CORS of downloads for " + SHOP;
        return Stream.of(
                lie(uploads, preflight, Map.of()),
                lie(uploads, preflight, Map.of(origin, SHOP, methods, "GET", names, "content-type")),
                lie(uploads, preflight, Map.of(origin, SHOP, methods, "PUT", names, "accept")),
                lie(uploads, preflight, Map.of(origin, SHOP + ":8443", methods, "PUT", names, "*")),
                lie("CORS of parts for " + SHOP, preflight.and(part), Map.of(methods, "PUT")),
                lie(downloads, preflight, Map.of(origin, "*", methods, "PUT", names, "content-type")),
                lie(downloads, read.and(exchange -> exchange.getRequestHeaders().containsKey("Origin")), Map.of()),
                lie("signed upload", write, Map.of()),
                lie("signed upload in parts", write.and(part), Map.of()),
                lie("upload without signature", write.and(unsigned), Map.of()),
                lie("signed download", read.and(unsigned.negate()), Map.of()),
                lie("public download", read.and(at("/public/")), Map.of()),
                lie("private files without signature", read.and(unsigned).and(at("/private/")), Map.of()),
                lie("staged uploads without signature", read.and(unsigned).and(at("/staged/")), Map.of()));
    }

    @Test
    void examine_etagOfPartsNotExposed_warnsOfTheClientThatNeedsIt() {
        server.filter(new Lie(
                exchange -> method(exchange).equals("PUT")
                        && exchange.getRequestHeaders().containsKey("Origin"),
                Map.of("Access-Control-Allow-Origin", SHOP, "Access-Control-Expose-Headers", "Content-Length")));

        FileStoreReport report = examine(memory);

        FileStoreReport.Finding finding = finding(report, "ETag of parts for " + SHOP);
        assertThat(finding.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(finding.detail()).isEqualTo("Access-Control-Expose-Headers lacks ETag");
        assertThat(finding.advice()).contains("Uppy");
        assertThat(report.hasProblems()).as(report.text()).isFalse();
        assertLeavesNothing();
    }

    /** The origin is a problem already, which the preflight reports. */
    @Test
    void examine_answerToAPartIsNotForTheOrigin_saysNothingOfItsEtag() {
        server.filter(new Lie(
                exchange -> method(exchange).equals("PUT")
                        && exchange.getRequestHeaders().containsKey("Origin"),
                Map.of("Access-Control-Allow-Origin", "https://other.example")));

        FileStoreReport report = examine(memory);

        assertThat(report.findings())
                .extracting(FileStoreReport.Finding::check)
                .noneMatch(check -> check.contains("ETag"));
    }

    @Test
    void examine_preflightRefused_namesStatusAndCodeOnly() {
        server.filter(new Lie(exchange -> method(exchange).equals("OPTIONS"), Map.of()) {
            @Override
            int status() {
                return 403;
            }

            @Override
            String body() {
                return "<Error><Code>AccessForbidden</Code><StringToSign>secret</StringToSign></Error>";
            }
        });

        FileStoreReport report = examine(memory);

        assertThat(finding(report, "CORS of uploads for " + SHOP).detail())
                .isEqualTo("the preflight for PUT was refused, status 403 AccessForbidden");
        assertThat(report.text()).doesNotContain("secret");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("lifecycles")
    void examine_lifecycleRules(String check, Outcome outcome, List<BucketSetup.LifecycleRule> rules) {
        FileStoreReport report =
                examine(new Bucket(memory, () -> rules), builder -> builder.uploadValidity(Duration.ofHours(30)));

        assertThat(finding(report, check).outcome()).isEqualTo(outcome);
    }

    static Stream<Arguments> lifecycles() {
        String staged = "expiry of staged uploads";
        String unfinished = "expiry of unfinished uploads";
        String kept = "expiry of files";
        return Stream.of(
                rules(staged, Outcome.WARNING),
                rules(staged, Outcome.OK, new BucketSetup.LifecycleRule("staged/", 2, null, false)),
                rules(
                        staged,
                        Outcome.OK,
                        new BucketSetup.LifecycleRule("stag", 2, null, false),
                        new BucketSetup.LifecycleRule("", null, 9, false)),
                rules(staged, Outcome.PROBLEM, new BucketSetup.LifecycleRule("staged/", 1, null, false)),
                rules(staged, Outcome.WARNING, new BucketSetup.LifecycleRule("staged/20", 2, null, false)),
                rules(staged, Outcome.WARNING, new BucketSetup.LifecycleRule("staged/", 2, null, true)),
                rules(staged, Outcome.WARNING, new BucketSetup.LifecycleRule("", null, 2, false)),
                rules(unfinished, Outcome.OK, new BucketSetup.LifecycleRule("", null, 2, false)),
                rules(unfinished, Outcome.WARNING, new BucketSetup.LifecycleRule("staged/", null, 2, false)),
                rules(
                        unfinished,
                        Outcome.PROBLEM,
                        new BucketSetup.LifecycleRule("", null, 7, false),
                        new BucketSetup.LifecycleRule("p", null, 1, false)),
                rules(kept, Outcome.OK, new BucketSetup.LifecycleRule("staged/", 2, 2, false)),
                rules(kept, Outcome.PROBLEM, new BucketSetup.LifecycleRule("", 400, null, false)),
                rules(kept, Outcome.PROBLEM, new BucketSetup.LifecycleRule("public/", 400, null, true)),
                rules(kept, Outcome.PROBLEM, new BucketSetup.LifecycleRule("private/a", 400, null, false)));
    }

    @Test
    void examine_lifecycleRulesUnreadable_areNotChecked() {
        FileStoreReport report = examine(new Bucket(memory, () -> {
            throw failure("lifecycleRules");
        }));

        assertThat(finding(report, "expiry of leftovers").outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(finding(report, "expiry of leftovers").detail()).endsWith("test: lifecycleRules: refused");
    }

    @Test
    void below_keepsWhatConcernsTheStore() {
        assertThat(new BucketSetup.LifecycleRule("app/staged/", 2, null, false).below("app/"))
                .isEqualTo(new BucketSetup.LifecycleRule("staged/", 2, null, false));
        assertThat(new BucketSetup.LifecycleRule("ap", null, 2, true).below("app/"))
                .isEqualTo(new BucketSetup.LifecycleRule("", null, 2, true));
        assertThat(new BucketSetup.LifecycleRule("staged/", 2, null, false).below("app/"))
                .isNull();
    }

    @Test
    void setup_asksForWhatTheFieldsNeed() {
        Bucket bucket = new Bucket(memory, List::of);

        GraphQLFiles files = files(bucket, builder -> builder.uploadValidity(Duration.ofDays(3)));

        assertThat(files.maintenance().doctor().setup())
                .isEqualTo(Map.of("default", List.of(new BucketSetup.Text("test", "apply", "text"))));
        assertThat(bucket.use).isEqualTo(new BucketSetup.Use(true, true, List.of(SHOP), 4));
        assertThat(memory.keys()).isEmpty();
    }

    @Test
    void text_hasSetupAndFindings() {
        FileStoreReport report = examine(new Bucket(memory, List::of));

        assertThat(report.text())
                .contains("Store default: set-up", "test", "# apply", "text", "Store default: findings")
                .contains("OK          write: ")
                .contains("WARNING     expiry of staged uploads: ", "            -> Add the lifecycle rule");
    }

    private FileStoreReport examine(BlobStore store) {
        return examine(store, builder -> {});
    }

    private FileStoreReport examine(BlobStore store, Consumer<GraphQLFiles.Builder> settings) {
        return files(store, settings).maintenance().doctor().examine();
    }

    private GraphQLFiles files(BlobStore store, Consumer<GraphQLFiles.Builder> settings) {
        GraphQLFiles.Builder builder = GraphQLFiles.newGraphQLFiles()
                .store(store)
                .secret("a secret of the tests, long enough to be one")
                .authorizer(access -> true)
                .allowedOrigins(List.of(SHOP))
                .baseUrl(server.baseUrl())
                .clock(clock);
        settings.accept(builder);
        GraphQLFiles files = builder.build();
        server.serve(files.server().fileEndpoint());
        RuntimeWiring wiring =
                files.addScalars(RuntimeWiring.newRuntimeWiring()).build();
        files.apply(new SchemaGenerator()
                .makeExecutableSchema(files.addTypeDefinitions(new SchemaParser().parse(FIELDS)), wiring));
        return files;
    }

    private void assertLeavesNothing() {
        assertThat(memory.keys()).isEmpty();
        assertThat(memory.unfinishedUploads()).isZero();
    }

    private static List<String> checks(FileStoreReport report, Outcome outcome) {
        return report.findings().stream()
                .filter(finding -> finding.outcome() == outcome)
                .map(FileStoreReport.Finding::check)
                .toList();
    }

    private static FileStoreReport.Finding finding(FileStoreReport report, String check) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding about " + check + " in\n" + report.text()));
    }

    private static BlobStoreException failure(String operation) {
        return new BlobStoreException("test", operation, null, false, "refused", null);
    }

    private static Arguments broken(String check, BrokenStore store) {
        return Arguments.of(check, store);
    }

    private static Arguments lie(String check, Predicate<HttpExchange> when, Map<String, String> headers) {
        return Arguments.of(check, when, headers);
    }

    private static Arguments rules(String check, Outcome outcome, BucketSetup.LifecycleRule... rules) {
        return Arguments.of(check, outcome, List.of(rules));
    }

    private static String method(HttpExchange exchange) {
        return exchange.getRequestMethod();
    }

    private static Predicate<HttpExchange> at(String place) {
        return exchange -> exchange.getRequestURI().getPath().contains(place);
    }

    private interface BrokenStore {
        BlobStore over(BlobStore store);
    }

    /** A store that stands on a service that is configured elsewhere. */
    private static final class Bucket extends ForwardingBlobStore implements BucketSetup {

        private final Supplier<List<BucketSetup.LifecycleRule>> rules;
        private BucketSetup.@Nullable Use use;

        Bucket(BlobStore delegate, Supplier<List<BucketSetup.LifecycleRule>> rules) {
            super(delegate);
            this.rules = rules;
        }

        @Override
        public List<BucketSetup.Text> setupTexts(BucketSetup.Use use) {
            this.use = use;
            return List.of(new BucketSetup.Text("test", "apply", "text"));
        }

        @Override
        public List<BucketSetup.LifecycleRule> lifecycleRules() {
            return rules.get();
        }
    }

    /** Answers some requests with success, as nothing was checked and nothing done. */
    private static class Lie extends Filter {

        private final Predicate<HttpExchange> when;
        private final Map<String, String> headers;

        Lie(Predicate<HttpExchange> when, Map<String, String> headers) {
            this.when = when;
            this.headers = headers;
        }

        int status() {
            return 200;
        }

        String body() {
            return "not what was asked for";
        }

        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            if (!when.test(exchange)) {
                chain.doFilter(exchange);
                return;
            }
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                headers.forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(status(), body().length());
                exchange.getResponseBody().write(body().getBytes(US_ASCII));
            }
        }

        @Override
        public String description() {
            return "lies about " + Set.copyOf(headers.keySet());
        }
    }
}
