package io.graphqlfiles.internal.copyurl;

import static io.graphqlfiles.internal.copyurl.UrlFetchException.Reason.FORBIDDEN;
import static io.graphqlfiles.internal.copyurl.UrlFetchException.Reason.TOO_LARGE;
import static io.graphqlfiles.internal.copyurl.UrlFetchException.Reason.UNREACHABLE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 127.0.0.2 plays the Internet, permitted by exception; 127.0.0.1 plays the intranet, where nothing may arrive. */
@Timeout(30)
class UrlFetcherTest {

    private static final long MAX = 1000;
    /** In the same words, whether a name is not there, or leads inside. */
    private static final String NO_ADDRESS = "the URL leads to no address that this server copies from";

    private final Map<String, List<String>> dns = new ConcurrentHashMap<>();
    private final UrlFetcher.Builder builder = UrlFetcher.newUrlFetcher()
            .allowedNetworks(List.of("127.0.0.2/32"))
            .deadline(Duration.ofSeconds(20))
            .resolver(this::resolve);
    private TestServer outside;
    private TestServer inside;

    @BeforeEach
    void start() throws IOException {
        outside = new TestServer("127.0.0.2", 0);
        // The same port, so that an attack needs to change the address only.
        inside = new TestServer("127.0.0.1", outside.port()).content("/", "secret".getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        outside.close();
        inside.close();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> answers = dns.get(host);
        if (answers == null) {
            if (!host.matches("[0-9.]+|0x[0-9a-fx.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                throw new UnknownHostException(host); // no test asks the real DNS
            }
            return InetAddress.getAllByName(host);
        }
        InetAddress[] addresses = new InetAddress[answers.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = InetAddress.getByName(answers.get(i));
        }
        return addresses;
    }

    private byte[] read(URI url) throws IOException {
        return read(url.toString());
    }

    private byte[] read(String url) throws IOException {
        try (UrlFetcher fetcher = builder.build();
                FetchedUrl fetched = fetcher.newSession().fetch(url, MAX)) {
            return fetched.content().readAllBytes();
        }
    }

    private void assertRefused(URI url, UrlFetchException.Reason reason, String message) {
        UrlFetchException refusal = catchThrowableOfType(UrlFetchException.class, () -> read(url));
        assertThat(refusal).isNotNull().hasMessage(message);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private void assertForbidden(String url) {
        UrlFetchException refusal = catchThrowableOfType(UrlFetchException.class, () -> read(url));
        assertThat(refusal).as(url).isNotNull();
        assertThat(refusal.reason()).as(url).isEqualTo(FORBIDDEN);
        assertThat(inside.hits).hasValue(0);
    }

    // What is fetched

    @Test
    void fetch_content() throws Exception {
        outside.on("/dir/", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("User-Agent")).isEqualTo("graphql-java-files");
            assertThat(exchange.getRequestHeaders()).doesNotContainKeys("Cookie", "Authorization", "Upgrade");
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
        });
        try (UrlFetcher fetcher = builder.build();
                FetchedUrl fetched = fetcher.newSession()
                        .fetch(outside.url("/dir/a%20b.txt?x=1#fragment").toString(), MAX)) {
            assertThat(fetched.byteSize()).isEqualTo(5);
            assertThat(fetched.contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(fetched.fileName()).isEqualTo("a b.txt");
            assertThat(fetched.content()).hasContent("hello");
            assertThat(fetched).hasToString("FetchedUrl[5 bytes]");
        }
    }

    @Test
    void fetch_chunkedAndEmpty() throws Exception {
        outside.on("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("hello".getBytes(UTF_8));
        });
        outside.on("/empty", exchange -> exchange.sendResponseHeaders(200, -1));

        try (UrlFetcher fetcher = builder.build();
                FetchedUrl chunked =
                        fetcher.newSession().fetch(outside.url("/chunked").toString(), 5);
                FetchedUrl empty =
                        fetcher.newSession().fetch(outside.url("/empty").toString(), 5)) {
            assertThat(chunked.byteSize()).isEqualTo(FetchedUrl.UNKNOWN_SIZE);
            assertThat(chunked.content()).hasContent("hello");
            assertThat(empty.content()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment; filename=\"a b.txt\"|a b.txt",
                "inline; filename=a.txt|a.txt",
                "attachment; filename=\"x\"; filename*=UTF-8''%C3%BC+1.txt|ü+1.txt",
                "attachment; filename*=iso-8859-1'de'%FC.txt|ü.txt",
                "attachment; filename*=UTF-8''%ZZ; filename=fallback|fallback",
                "attachment; filename=\"../../etc/passwd\"|../../etc/passwd",
                "attachment|path.bin",
                "attachment; filename=\"\"|path.bin",
                "filename=;;;\"|path.bin",
            })
    void fetch_fileName(String contentDisposition, String expected) throws Exception {
        outside.on("/path.bin", exchange -> {
            exchange.getResponseHeaders().set("Content-Disposition", contentDisposition);
            exchange.sendResponseHeaders(200, -1);
        });
        try (UrlFetcher fetcher = builder.build();
                FetchedUrl fetched =
                        fetcher.newSession().fetch(outside.url("/path.bin").toString(), MAX)) {
            assertThat(fetched.fileName()).isEqualTo(expected);
        }
    }

    @Test
    void fetch_redirects() throws Exception {
        dns.put("other.test", List.of("127.0.0.2"));
        outside.redirect("/1", "/2");
        outside.redirect("/2", "http://other.test:" + outside.port() + "/3");
        outside.redirect("/3", "end#x");
        outside.content("/end", "there".getBytes(UTF_8));

        assertThat(read(outside.url("/1"))).asString(UTF_8).isEqualTo("there");

        outside.redirect("/0", "/1");
        assertRefused(outside.url("/0"), UNREACHABLE, "the URL redirects more than 3 times");
    }

    @Test
    void fetch_redirectLoop() {
        outside.redirect("/loop", "/loop");

        assertRefused(outside.url("/loop"), UNREACHABLE, "the URL redirects more than 3 times");
        assertThat(outside.hits).hasValue(4);
    }

    @Test
    void fetch_redirectWithoutOrWithBrokenLocation() {
        outside.on("/none", exchange -> exchange.sendResponseHeaders(302, -1));
        outside.redirect("/broken", "http://[");

        assertRefused(outside.url("/none"), UNREACHABLE, "the server of the URL redirects to nowhere");
        assertRefused(
                outside.url("/broken"),
                FORBIDDEN,
                "the URL redirects to what is not copied from: expected a URL with a host and perhaps a port");
    }

    @Test
    void fetch_redirectWithEndlessBody_isNotRead() throws Exception {
        outside.content("/end", "there".getBytes(UTF_8));
        try (RawServer endless = new RawServer(out -> {
            out.write(("HTTP/1.1 302 Found\r\nLocation: " + outside.url("/end") + "\r\n\r\n").getBytes(ISO_8859_1));
            while (true) {
                out.write(new byte[8192]);
            }
        })) {
            assertThat(read(endless.url())).asString(UTF_8).isEqualTo("there");
            assertThat(endless.brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    // Places that are not fetched from

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "http://127.0.0.3:PORT/",
                "http://127.1:PORT/",
                "http://2130706433:PORT/",
                "http://0177.0.0.1:PORT/",
                "http://0:PORT/",
                "http://0.0.0.0:PORT/",
                "http://[::1]:PORT/",
                "http://[::]:PORT/",
                "http://[::127.0.0.1]:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://[::ffff:7f00:1]:PORT/",
                "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
                "http://[64:ff9b::127.0.0.1]:PORT/",
                "http://[64:ff9b:1::7f00:1]:PORT/",
                "http://[2002:7f00:1::]:PORT/",
                "http://[fe80::1]:PORT/",
                "http://[fd00:ec2::254]/latest/meta-data",
                "http://169.254.169.254/latest/meta-data",
                "http://100.100.100.200/",
                "http://192.168.0.1/",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://user@127.0.0.2:PORT/",
                "http://user:password@127.0.0.2:PORT/",
                "http://127.0.0.2:PORT@127.0.0.1:PORT/",
                "http:\\\\127.0.0.1:PORT\\",
                "http://１２７.０.０.１:PORT/",
                "http://①②⑦.⓪.⓪.①:PORT/",
                "http://127。0。0。1:PORT/",
                "http://[::ffff:7f00:0001]:PORT/",
                "\thttp://127.0.0.1:PORT/\n",
                "ht\ntp://127.0.\r\n0.1:PORT/",
                "http://127.0.0.1:PORT\\@127.0.0.2:PORT/",
                "http://127.0.0.1:PORT#@127.0.0.2:PORT/",
                "http://127.0.0.1:PORT?@127.0.0.2:PORT/",
                "http://%31%32%37.0.0.1:PORT/",
                "http://127.0.0.1%00.test:PORT/",
                "http://0x7f.0.0.1:PORT/",
                "http://0x7f000001:PORT/",
                "http://127.0.0.1.:PORT/",
                "http://127.00.0.1:PORT/",
                "http:///path",
                "http:127.0.0.1",
                "http:/127.0.0.1/",
                "//127.0.0.2:PORT/",
                "/path",
                "file:///etc/passwd",
                "ftp://127.0.0.2/",
                "jar:http://127.0.0.2!/",
                "gopher://127.0.0.2:PORT/",
                "http://127.0.0.2:0/",
                "http://127.0.0.2:70000/",
            })
    void fetch_forbidden(String url) {
        assertForbidden(url.replace("PORT", Integer.toString(outside.port())));
        assertThat(outside.hits).hasValue(0);
    }

    /** What such hosts stand for differs between platforms; none may lead inside. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "017700000001",
                "0x7f000001",
                "0x7f.1",
                "127.0.1",
                "127.0.0.1.",
                "0127.0.0.1",
                "1",
                "localhost",
                "localhost."
            })
    void fetch_oddHost(String host) {
        dns.put("localhost", List.of("127.0.0.1"));
        dns.put("localhost.", List.of("127.0.0.1"));
        URI url = URI.create("http://" + host + ":" + inside.port() + "/");

        assertThat(catchThrowableOfType(UrlFetchException.class, () -> read(url)))
                .isNotNull();
        assertThat(inside.hits).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "//127.0.0.1:PORT/",
                "http://[::1]:PORT/",
                "http://[::ffff:127.0.0.1]:PORT/",
                "http://inside.test:PORT/",
                "http://127.1:PORT/",
                "http://user@127.0.0.2:PORT/",
                "file:///etc/passwd",
                "gopher://127.0.0.2:PORT/",
                "http:127.0.0.1",
                "http://169.254.169.254/latest",
            })
    void fetch_redirectToForbidden(String location) {
        dns.put("inside.test", List.of("127.0.0.1"));
        outside.redirect("/", location.replace("PORT", Integer.toString(outside.port())));

        assertForbidden(outside.url("/").toString());
        assertThat(outside.hits).hasValue(1);
    }

    @Test
    void redirect_fromHttpsToHttp() throws Exception {
        WebUrl from = WebUrl.parse("https://a.test/x/y");
        UrlFetchException refusal =
                catchThrowableOfType(UrlFetchException.class, () -> UrlFetcher.redirect(from, "http://a.test/"));

        assertThat(refusal).hasMessage("the URL redirects from https to http");
        assertThat(UrlFetcher.redirect(from, "../z?q#f")).hasToString("https://a.test/z?q");
        assertThat(UrlFetcher.redirect(WebUrl.parse("http://a.test/"), "https://b.test/"))
                .hasToString("https://b.test/");
    }

    @Test
    void fetch_nameOfForbiddenAddress() {
        dns.put("inside.test", List.of("127.0.0.1"));
        dns.put("mixed.test", List.of("127.0.0.2", "127.0.0.1"));
        dns.put("mixed6.test", List.of("127.0.0.2", "::1"));
        for (String host : List.of("inside.test", "mixed.test", "mixed6.test")) {
            assertRefused(URI.create("http://" + host + ":" + outside.port() + "/"), FORBIDDEN, NO_ADDRESS);
        }
        assertThat(inside.hits).hasValue(0);
        assertThat(outside.hits).hasValue(0);
    }

    @Test
    void fetch_answersOfDnsChange() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        List<String> seen = new ArrayList<>();
        outside.content("/", "outside".getBytes(UTF_8));
        builder.resolver(host -> {
            String answer = asked.getAndIncrement() % 2 == 0 ? "127.0.0.2" : "127.0.0.1";
            return new InetAddress[] {InetAddress.getByName(answer)};
        });
        URI url = URI.create("http://rebinding.test:" + outside.port() + "/");

        try (UrlFetcher fetcher = builder.build()) {
            for (int i = 0; i < 100; i++) {
                try (FetchedUrl fetched = fetcher.newSession().fetch(url.toString(), MAX)) {
                    seen.add(new String(fetched.content().readAllBytes(), UTF_8));
                } catch (UrlFetchException e) {
                    seen.add(e.reason().name());
                }
            }
        }

        assertThat(seen).hasSize(100).containsOnly("outside", "FORBIDDEN").contains("outside", "FORBIDDEN");
        assertThat(asked).as("one look-up for one connection").hasValue(100);
        assertThat(inside.hits).hasValue(0);
    }

    @Test
    void fetch_portOfPublicAddress() {
        dns.put("public.test", List.of("8.8.8.8"));

        assertRefused(
                URI.create("http://public.test:22/"), FORBIDDEN, "the URL leads to port 22, which is not permitted");
    }

    @Test
    void resolve_portsOfPublicAddresses() throws Exception {
        GuardedDnsResolver resolver = new GuardedDnsResolver(
                host -> new InetAddress[] {InetAddress.getByName("8.8.8.8")},
                new PublicAddresses(List.of()),
                Set.of(80, 443));

        assertThat(resolver.resolve("public.test", 443)).hasSize(1);
        assertThat(catchThrowableOfType(UnknownHostException.class, () -> resolver.resolve("public.test", 8080)))
                .hasMessage("the URL leads to port 8080, which is not permitted");
        assertThat(catchThrowableOfType(UnknownHostException.class, () -> resolver.resolve("public.test")))
                .hasMessage("the URL leads to an address that was not checked");
    }

    @Test
    void fetch_proxySettingsOfThePlatform() throws Exception {
        Map<String, String> settings = Map.of(
                "http.proxyHost", "127.0.0.1",
                "http.proxyPort", Integer.toString(inside.port()),
                "https.proxyHost", "127.0.0.1",
                "https.proxyPort", Integer.toString(inside.port()),
                "socksProxyHost", "127.0.0.1",
                "socksProxyPort", Integer.toString(inside.port()),
                "http.nonProxyHosts", "",
                "socksNonProxyHosts", "");
        Map<String, String> before = new ConcurrentHashMap<>();
        settings.forEach((name, value) -> {
            String old = System.setProperty(name, value);
            if (old != null) {
                before.put(name, old);
            }
        });
        try {
            outside.content("/", "direct".getBytes(UTF_8));

            assertThat(read(outside.url("/"))).asString(UTF_8).isEqualTo("direct");
            assertThat(inside.hits).hasValue(0);
        } finally {
            settings.keySet().forEach(System::clearProperty);
            before.forEach(System::setProperty);
        }
    }

    // Answers that are none

    @Test
    void fetch_unknownHost() {
        assertRefused(URI.create("http://nowhere.test/"), FORBIDDEN, NO_ADDRESS);
    }

    @Test
    void fetch_refusedConnection() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            free = socket.getLocalPort();
        }
        assertRefused(
                URI.create("http://127.0.0.2:" + free + "/"),
                UNREACHABLE,
                "the server of the URL could not be reached");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 304, 400, 401, 404, 407, 500, 503})
    void fetch_otherStatus(int status) {
        outside.on("/", exchange -> exchange.sendResponseHeaders(status, -1));

        assertRefused(
                outside.url("/"),
                UNREACHABLE,
                "the server of the URL answered with status " + status + " instead of 200");
        assertThat(outside.hits).hasValue(1);
    }

    @Test
    void fetch_tlsFails() {
        builder.deadline(Duration.ofSeconds(10)).connectTimeout(Duration.ofMillis(300)); // also that of the handshake
        assertRefused(
                URI.create("https://127.0.0.2:" + outside.port() + "/"),
                UNREACHABLE,
                "the server of the URL could not be reached");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
            })
    void fetch_truncated(String answer) throws Exception {
        try (RawServer server = new RawServer(RawServer.text(answer))) {
            assertRefused(server.url(), UNREACHABLE, "the server of the URL broke off before the end of the content");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
                "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"
            })
    void fetch_notHttp(String answer) throws Exception {
        try (RawServer server = new RawServer(RawServer.text(answer))) {
            UrlFetchException refusal = catchThrowableOfType(UrlFetchException.class, () -> read(server.url()));
            assertThat(refusal.reason()).isEqualTo(UNREACHABLE);
        }
    }

    @Test
    void fetch_endlessHeaders() throws Exception {
        try (RawServer lines = new RawServer(out -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
                    while (true) {
                        out.write("X: y\r\n".getBytes(ISO_8859_1));
                    }
                });
                RawServer line = new RawServer(out -> {
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(ISO_8859_1));
                    while (true) {
                        out.write(new byte[8192]);
                    }
                })) {
            for (RawServer server : List.of(lines, line)) {
                assertRefused(server.url(), UNREACHABLE, "the server of the URL could not be reached");
                assertThat(server.brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    // Length and time

    @Test
    void fetch_tooLargeByItsOwnWord() throws Exception {
        try (RawServer server = new RawServer(RawServer.text("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"))) {
            assertRefused(server.url(), TOO_LARGE, "the content of the URL is longer than 1000 bytes");
        }
    }

    @Test
    void fetch_limitIsInclusive() throws Exception {
        outside.content("/", new byte[(int) MAX]);

        assertThat(read(outside.url("/"))).hasSize((int) MAX);
    }

    @Test
    void fetch_endlessBody() throws Exception {
        try (RawServer server = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            while (true) {
                out.write(new byte[8192]);
            }
        })) {
            assertRefused(server.url(), TOO_LARGE, "the content of the URL is longer than 1000 bytes");
            assertThat(server.brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void fetch_slowBody() throws Exception {
        builder.deadline(Duration.ofMillis(300));
        try (RawServer server = new RawServer(drip("HTTP/1.1 200 OK\r\n\r\n"))) {
            assertRefused(server.url(), UNREACHABLE, "the content of the URL did not arrive in time");
            assertThat(server.brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void fetch_slowHeaders() throws Exception {
        builder.deadline(Duration.ofMillis(300));
        try (RawServer server = new RawServer(drip("HTTP/1.1 200 OK\r\nX: "))) {
            assertRefused(server.url(), UNREACHABLE, "the content of the URL did not arrive in time");
            assertThat(server.brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A byte now and then: no socket timeout ever strikes. */
    private static RawServer.Script drip(String start) {
        return out -> {
            out.write(start.getBytes(ISO_8859_1));
            while (true) {
                out.write('x');
                out.flush();
                try {
                    TimeUnit.MILLISECONDS.sleep(10);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }

    @Test
    void close_early_breaksOff() throws Exception {
        try (RawServer server = new RawServer(out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
                    while (true) {
                        out.write(new byte[8192]);
                    }
                });
                UrlFetcher fetcher = builder.build()) {
            FetchedUrl fetched = fetcher.newSession().fetch(server.url().toString(), Long.MAX_VALUE);
            assertThat(fetched.content().read()).isZero();
            fetched.close();
            fetched.close();

            assertThat(server.brokenOff.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(catchThrowableOfType(
                            IOException.class, () -> fetched.content().readAllBytes()))
                    .isInstanceOf(UrlFetchException.class);
        }
    }

    @Test
    void close_leavesNoThread() throws Exception {
        outside.content("/", new byte[1]);
        read(outside.url("/"));

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("graphql-files-copy-url-deadline") && thread.isAlive())
                .allSatisfy(thread -> {
                    thread.join(10_000);
                    assertThat(thread.isAlive()).isFalse();
                });
    }

    @Test
    void fetch_manyAtOnce_inOneRequest() throws Exception {
        outside.content("/", "hello".getBytes(UTF_8));
        builder.maxConcurrentRequests(1);
        try (UrlFetcher fetcher = builder.build()) {
            FetchSession session = fetcher.newSession();
            List<FetchedUrl> open = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                open.add(session.fetch(outside.url("/").toString(), MAX));
            }
            for (FetchedUrl fetched : open) {
                assertThat(fetched.content()).hasContent("hello");
                fetched.close();
            }
        }
    }

    @Test
    void fetch_noPlace() throws Exception {
        outside.content("/", "hello".getBytes(UTF_8));
        builder.maxConcurrentRequests(2);
        String url = outside.url("/").toString();
        try (UrlFetcher fetcher = builder.build()) {
            FetchedUrl first = fetcher.newSession().fetch(url, MAX);
            FetchedUrl second = fetcher.newSession().fetch(url, MAX);
            FetchSession third = fetcher.newSession();

            UrlFetchException refusal = catchThrowableOfType(UrlFetchException.class, () -> third.fetch(url, MAX));
            assertThat(refusal.reason()).isEqualTo(UrlFetchException.Reason.BUSY);
            assertThat(outside.hits).hasValue(2);

            first.close();
            first.close();
            FetchedUrl fetched = third.fetch(url, MAX);
            assertThat(fetched.content().readAllBytes()).asString(UTF_8).isEqualTo("hello");
            assertThat(catchThrowableOfType(
                            UrlFetchException.class, () -> fetcher.newSession().fetch(url, MAX)))
                    .as("one is held until it is closed")
                    .isNotNull();
            fetched.close();
            second.close();
        }
    }

    @Test
    void fetch_thatFails_givesItsPlaceBack() throws Exception {
        outside.content("/", "hello".getBytes(UTF_8));
        outside.on("/none", exchange -> exchange.sendResponseHeaders(404, -1));
        builder.maxConcurrentRequests(1);
        try (UrlFetcher fetcher = builder.build()) {
            for (String url : List.of("http://nowhere.test/", "ftp://a", outside.url("/none") + "")) {
                assertThat(catchThrowableOfType(
                                UrlFetchException.class,
                                () -> fetcher.newSession().fetch(url, MAX)))
                        .isNotNull();
            }
            try (FetchedUrl fetched =
                    fetcher.newSession().fetch(outside.url("/").toString(), MAX)) {
                assertThat(fetched.content()).hasContent("hello");
            }
        }
    }

    @Test
    void fetch_oneTimeForAllOfARequest() throws Exception {
        builder.deadline(Duration.ofMillis(300));
        outside.content("/", "hello".getBytes(UTF_8));
        try (RawServer slow = new RawServer(drip("HTTP/1.1 200 OK\r\n\r\n"));
                UrlFetcher fetcher = builder.build()) {
            FetchSession session = fetcher.newSession();
            try (FetchedUrl fetched = session.fetch(slow.url().toString(), MAX)) {
                assertThat(catchThrowableOfType(
                                UrlFetchException.class, () -> fetched.content().readAllBytes()))
                        .hasMessage("the content of the URL did not arrive in time");
            }

            assertThat(catchThrowableOfType(
                            UrlFetchException.class,
                            () -> session.fetch(outside.url("/").toString(), MAX)))
                    .hasMessage("the content of the URL did not arrive in time");
            assertThat(outside.hits).hasValue(0);
            try (FetchedUrl next = fetcher.newSession().fetch(outside.url("/").toString(), MAX)) {
                assertThat(next.content()).hasContent("hello");
            }
        }
    }

    @Test
    void fetch_lookUpThatHangs() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        builder.deadline(Duration.ofMillis(200)).maxConcurrentRequests(1).resolver(host -> {
            for (boolean waiting = true; waiting; ) {
                try {
                    released.await();
                    waiting = false;
                } catch (InterruptedException e) {
                    // As the platform's look-up, which cannot be interrupted.
                }
            }
            throw new UnknownHostException(host);
        });
        try (UrlFetcher fetcher = builder.build()) {
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowableOfType(
                                UrlFetchException.class,
                                () -> fetcher.newSession().fetch("http://hangs.test/", MAX)))
                        .hasMessage("the content of the URL did not arrive in time");
            }
            UrlFetchException refusal = catchThrowableOfType(
                    UrlFetchException.class, () -> fetcher.newSession().fetch("http://hangs.test/", MAX));
            assertThat(refusal.reason()).as("two hang already").isEqualTo(UrlFetchException.Reason.BUSY);
        } finally {
            released.countDown();
        }
    }

    @Test
    void fetch_lookUpThatTakesTooLong_isAnsweredAsAnUnknownName() {
        CountDownLatch never = new CountDownLatch(1);
        builder.connectTimeout(Duration.ofMillis(100)).resolver(host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        });

        assertRefused(URI.create("http://hangs.test/"), FORBIDDEN, NO_ADDRESS);
    }

    /** A queue of connections that is full: the platform neither accepts nor refuses another. */
    @Test
    void fetch_connectionThatIsNotAccepted() throws Exception {
        builder.deadline(Duration.ofMillis(300)).connectTimeout(Duration.ofSeconds(20));
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            boolean isFull = false;
            while (!isFull) {
                Socket socket = new Socket();
                filling.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (SocketTimeoutException e) {
                    isFull = true;
                }
            }
            assertRefused(
                    URI.create("http://127.0.0.2:" + full.getLocalPort() + "/"),
                    UNREACHABLE,
                    "the content of the URL did not arrive in time");
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void fetch_handshakeThatIsNotAnswered() throws Exception {
        builder.deadline(Duration.ofMillis(300)).connectTimeout(Duration.ofSeconds(20));
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.2"))) {
            assertRefused(
                    URI.create("https://127.0.0.2:" + silent.getLocalPort() + "/"),
                    UNREACHABLE,
                    "the content of the URL did not arrive in time");
        }
    }

    // Packed although nobody asked for it

    private void packed(String coding, byte[] body) {
        outside.on("/", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Accept-Encoding")).isEqualTo("identity");
            exchange.getResponseHeaders().set("Content-Encoding", coding);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] content, boolean isBare) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9, isBare))) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "identity, gzip", "deflate", "deflate bare"})
    void fetch_packed_isUnpacked(String coding) throws Exception {
        for (int size : new int[] {0, 1, 2, 999, (int) MAX}) {
            byte[] content = new byte[size];
            new Random(1).nextBytes(content);
            packed(
                    coding.replace(" bare", ""),
                    coding.contains("deflate") ? deflate(content, coding.endsWith("bare")) : gzip(content));

            assertThat(read(outside.url("/"))).isEqualTo(content);
        }
    }

    @Test
    void fetch_packed_sizeIsNotTheSizeOfTheContent() throws Exception {
        byte[] content = new byte[(int) MAX];
        new Random(1).nextBytes(content);
        byte[] body = gzip(content);
        packed("gzip", body);

        assertThat(body.length).isGreaterThan((int) MAX);
        try (UrlFetcher fetcher = builder.build();
                FetchedUrl fetched = fetcher.newSession().fetch(outside.url("/").toString(), MAX)) {
            assertThat(fetched.byteSize()).isEqualTo(FetchedUrl.UNKNOWN_SIZE);
            assertThat(fetched.content().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void fetch_packed_severalMembers() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            body.writeBytes(gzip(new byte[0]));
        }
        body.writeBytes(gzip("a".getBytes(UTF_8)));
        body.writeBytes(gzip("b".getBytes(UTF_8)));
        body.writeBytes(new byte[5]);
        packed("gzip", body.toByteArray());

        assertThat(read(outside.url("/"))).asString(UTF_8).isEqualTo("ab");
    }

    @Test
    void fetch_packed_nothing() throws Exception {
        packed("gzip", new byte[0]);

        assertThat(read(outside.url("/"))).isEmpty();
    }

    @Test
    void fetch_packed_bomb() throws Exception {
        byte[] bomb = gzip(new byte[10_000_000]);
        for (String coding : List.of("gzip", "deflate")) {
            packed(coding, coding.equals("gzip") ? bomb : deflate(new byte[10_000_000], false));

            assertRefused(outside.url("/"), TOO_LARGE, "the content of the URL is longer than 1000 bytes");
        }
    }

    @Test
    void fetch_packed_broken() throws Exception {
        byte[] good = gzip("hello, hello, hello".getBytes(UTF_8));
        for (int length = 1; length < good.length; length++) {
            packed("gzip", Arrays.copyOf(good, length));

            assertRefused(
                    outside.url("/"), UNREACHABLE, "the server of the URL broke off before the end of the content");
        }
        byte[] wrongChecksum = good.clone();
        wrongChecksum[good.length - 8] ^= 1;
        for (byte[] bad : List.of(wrongChecksum, "hello".getBytes(UTF_8))) {
            packed("gzip", bad);

            assertRefused(outside.url("/"), UNREACHABLE, "the content of the URL is not packed as its server says");
        }
        packed("deflate", new byte[] {(byte) 0xff, 1, 2});
        assertRefused(outside.url("/"), UNREACHABLE, "the content of the URL is not packed as its server says");
    }

    /** What uploads to buckets leave in the header. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "none", "utf-8", "UTF-8", "utf8", "binary", "8bit", "aws-chunked", "", " , "})
    void fetch_packed_notAtAll(String coding) throws Exception {
        packed(coding, "hello".getBytes(UTF_8));

        assertThat(read(outside.url("/"))).asString(UTF_8).isEqualTo("hello");
    }

    @Test
    void fetch_packed_besideWhatIsNoCoding() throws Exception {
        packed("aws-chunked, gzip", gzip("hello".getBytes(UTF_8)));

        assertThat(read(outside.url("/"))).asString(UTF_8).isEqualTo("hello");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"br|as br", "zstd|as zstd", "gzip, gzip|as gzip, gzip", "compress|as compress", "<b>|''"})
    void fetch_packed_unknown(String coding, String named) {
        packed(coding, new byte[] {1});

        assertRefused(
                outside.url("/"),
                UNREACHABLE,
                "the server of the URL sends its content packed" + (named.isEmpty() ? "" : " " + named)
                        + "; expected it as it is, or as gzip or deflate");
    }

    // As browsers hold URLs

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/p/x        | ?page=2          | /p/x?page=2",
                "/p/x?a      | ?page=2          | /p/x?page=2",
                "/p/x        | ../../../y       | /y",
                "/p/x        | y z[2].png       | /p/y%20z%5B2%5D.png",
                "/p/x        | /ü/日本.png      | /%C3%BC/%E6%97%A5%E6%9C%AC.png",
                "/p/x        | \\y^100%       | /y%5E100%25",
                "/p/x        | y#fragment       | /p/y",
            })
    void fetch_redirect_resolved(String from, String location, String expected) throws Exception {
        List<String> asked = new ArrayList<>();
        try (RawServer server = new RawServer(out -> {
            out.write("HTTP/1.1 302 Found\r\nLocation: ".getBytes(ISO_8859_1));
            out.write(location.getBytes(UTF_8));
            out.write("\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        })) {
            builder.maxRedirects(1);
            URI url = server.url().resolve(from);
            assertThat(catchThrowableOfType(UrlFetchException.class, () -> read(url)))
                    .isNotNull();
            asked.addAll(server.targets);
        }
        assertThat(asked).containsExactly(from, expected);
    }

    @Test
    void fetch_redirect_bytesThatAreNotUtf8() throws Exception {
        List<String> asked = new ArrayList<>();
        try (RawServer server = new RawServer(
                RawServer.text("HTTP/1.1 302 Found\r\nLocation: /gr\u00fcn\r\nContent-Length: 0\r\n\r\n"))) {
            builder.maxRedirects(1);
            assertThat(catchThrowableOfType(UrlFetchException.class, () -> read(server.url())))
                    .isNotNull();
            asked.addAll(server.targets);
        }
        assertThat(asked).containsExactly("/file.bin", "/gr%FCn");
    }

    @Test
    void fetch_hostsThatRfc3986KnowsNot() throws Exception {
        dns.put("under_score.test", List.of("127.0.0.2"));
        dns.put("xn--bcher-kva.test", List.of("127.0.0.2"));
        List<String> hosts = Collections.synchronizedList(new ArrayList<>());
        outside.on("/", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(200, -1);
        });
        for (String host : List.of("Bücher.test", "under_score.test")) {
            try (UrlFetcher fetcher = builder.build();
                    FetchedUrl fetched =
                            fetcher.newSession().fetch(" http://" + host + ":" + outside.port() + "/\n", MAX)) {
                assertThat(fetched.content()).isEmpty();
            }
        }
        assertThat(hosts).containsExactly("xn--bcher-kva.test:" + outside.port(), "under_score.test:" + outside.port());
        assertThat(inside.hits).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=\"ü 日本.txt\" | ü 日本.txt",
                "attachment; filename=ü, ö.txt         | ü, ö.txt",
                "attachment; filename==?utf-8?B?w7wudHh0?= | ü.txt",
                "filename=\"a.txt\"                  | a.txt",
                "attachment; filename=\"a.txt         | file.bin",
            })
    void fetch_fileName_inBytes(String header, String expected) throws Exception {
        try (RawServer server = new RawServer(out -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Disposition: ".getBytes(ISO_8859_1));
                    out.write(header.getBytes(UTF_8));
                    out.write("\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
                });
                UrlFetcher fetcher = builder.build();
                FetchedUrl fetched = fetcher.newSession().fetch(server.url().toString(), MAX)) {
            assertThat(fetched.fileName()).isEqualTo(expected);
        }
        try (RawServer latin1 = new RawServer(RawServer.text(
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Disposition: a; filename=gr\u00fcn\r\n\r\n"));
                UrlFetcher fetcher = builder.build();
                FetchedUrl fetched = fetcher.newSession().fetch(latin1.url().toString(), MAX)) {
            assertThat(fetched.fileName()).isEqualTo("grün");
        }
    }

    @ParameterizedTest
    @CsvSource({"/a%20b.txt, a b.txt", "/100%.txt, 100%.txt", "/gr%C3%BCn, grün", "/gr%FCn, grün", "/a+b, a+b"})
    void fetch_fileName_inThePath(String path, String expected) throws Exception {
        outside.on("/", exchange -> exchange.sendResponseHeaders(200, -1));
        try (UrlFetcher fetcher = builder.build();
                FetchedUrl fetched = fetcher.newSession().fetch("http://127.0.0.2:" + outside.port() + path, MAX)) {
            assertThat(fetched.fileName()).isEqualTo(expected);
        }
    }
}
