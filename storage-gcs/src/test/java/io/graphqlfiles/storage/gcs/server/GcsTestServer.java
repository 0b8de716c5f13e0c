package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A small Cloud Storage server on the loopback interface: what the store and the vendor's client use of the JSON and
 * XML APIs, with V4 signatures recomputed, preconditions, CORS and public objects. Objects are files in a directory, so
 * that neither their sizes nor their number need heap.
 *
 * <p>{@link #main} runs it as a process of its own.
 */
public final class GcsTestServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceAccount account;
    private final Path directory;
    private final Clock clock;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Buckets buckets;
    private final JsonApi json;
    private final XmlApi xml;
    private final AccessTokens tokens;
    private final SignatureCheck signatures;
    private final Faults faults = new Faults();
    private final List<Faults.Call> calls = new CopyOnWriteArrayList<>();

    private GcsTestServer(Builder builder) throws IOException {
        this.account = builder.account;
        this.directory = builder.directory;
        this.clock = builder.clock;
        this.buckets = new Buckets(builder.maxPageSize, builder.bytesPerRewrite);
        this.json = new JsonApi(buckets);
        this.xml = new XmlApi(buckets);
        this.tokens = new AccessTokens(account);
        this.signatures = new SignatureCheck(account, clock);
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), builder.port), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    /**
     * Starts a server with settings of its own.
     *
     * @param account whose tokens and signatures are taken
     * @param directory an existing one for the objects; the server deletes nothing of it when it is closed
     */
    public static Builder newServer(ServiceAccount account, Path directory) {
        return new Builder(account, directory);
    }

    /** Scheme, host and port. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Whose tokens and signatures are taken. */
    public ServiceAccount account() {
        return account;
    }

    /** What is to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** What was asked for so far, in order. */
    public List<Faults.Call> calls() {
        return List.copyOf(calls);
    }

    /**
     * Creates a bucket with uniform bucket-level access.
     *
     * @param publicNames regular expression of the names of the objects that the bucket's policy lets everyone read
     */
    public void createBucket(String name, String publicNames) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration
                .putObject("iamConfiguration")
                .putObject("uniformBucketLevelAccess")
                .put("enabled", true);
        configuration.put("publicNames", publicNames);
        buckets.add(new Bucket(name, directory, clock, configuration));
    }

    /** Changes a bucket's configuration, as {@code PATCH} does. */
    public void configureBucket(String name, String resource) throws IOException {
        ObjectNode configuration = buckets.require(name).configuration();
        JSON.readerForUpdating(configuration).readValue(resource);
        buckets.require(name).configure(configuration);
    }

    /** How many resumable uploads of a bucket were begun and neither finished nor cancelled. */
    public int openSessions(String bucket) {
        return buckets.require(bucket).openSessions();
    }

    /** Ends them, and returns how many they were. */
    public int cancelSessions(String bucket) {
        return buckets.require(bucket).cancelSessions();
    }

    /** How many uploads in parts of a bucket are in progress. */
    public int openPartsUploads(String bucket) {
        return buckets.require(bucket).uploads().size();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(exchange);
        Faults.Call call = new Faults.Call(
                request.method(),
                request.rawPath(),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                Objects.requireNonNullElse(request.header("Content-Range"), ""));
        calls.add(call);
        Faults.Fault fault = faults.next(call);
        try (exchange) {
            Reply reply = answer(request, fault);
            // Whoever is refused in the middle of a body may not read why.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            if (fault.bodyBytes() >= 0) {
                send(exchange, reply, fault.bodyBytes());
            }
        }
    }

    private static void send(HttpExchange exchange, Reply reply, long atMost) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        boolean hasBody = reply.length() > 0 && !exchange.getRequestMethod().equals("HEAD");
        try (InputStream body = reply.open()) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
            }
            exchange.sendResponseHeaders(reply.status(), hasBody ? reply.length() : -1);
            if (!hasBody) {
                return;
            }
            byte[] buffer = new byte[64 * 1024];
            long left = Math.min(atMost, reply.length());
            while (left > 0) {
                int read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
                exchange.getResponseBody().write(buffer, 0, read);
                left -= read;
            }
            exchange.getResponseBody().flush();
        }
    }

    private Reply answer(Request request, Faults.Fault fault) throws IOException {
        boolean isJson = request.rawPath().matches("/(?:(?:upload|download|batch)/)?storage/v1.*|/token");
        try {
            if (fault.status() != 0) {
                throw new Refusal(fault.status(), fault.reason(), fault.reason(), "as asked for");
            }
            if (fault.body() != null) {
                return Reply.text(200, isJson ? "application/json" : "application/xml", fault.body());
            }
            return isJson ? answerJson(request) : answerXml(request);
        } catch (Refusal e) {
            return isJson ? jsonError(e) : withCors(request, xmlError(e));
        } catch (RuntimeException e) {
            Refusal bug = new Refusal(500, "backendError", "InternalError", e.toString());
            return isJson ? jsonError(bug) : xmlError(bug);
        }
    }

    private Reply answerJson(Request request) throws IOException {
        if (request.rawPath().equals("/token")) {
            return tokens.give(request);
        }
        if (request.rawPath().startsWith("/batch/")) {
            return BatchApi.answer(request, part -> {
                Faults.Fault fault = faults.next(new Faults.Call(part.method(), part.rawPath(), "", ""));
                try {
                    return answer(part, fault);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        if (request.headers().containsKey("Host") && !tokens.permits(request)) {
            throw Refusal.anonymous();
        }
        return json.answer(request);
    }

    private Reply answerXml(Request request) throws IOException {
        if (request.method().equals("OPTIONS")) {
            return withCors(request, Reply.empty(200));
        }
        if (SignatureCheck.isSigned(request)) {
            signatures.require(request);
        } else if (!tokens.permits(request) && !xml.isPublic(request)) {
            throw new Refusal(403, "forbidden", "AccessDenied", "Access denied.");
        }
        return withCors(request, xml.answer(request));
    }

    private Reply withCors(Request request, Reply reply) {
        try {
            return Cors.permit(
                    request, buckets.require(request.segments(2).get(0)).configuration(), reply);
        } catch (Refusal e) {
            return reply;
        }
    }

    private static Reply jsonError(Refusal refusal) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        error.put("code", refusal.status()).put("message", refusal.getMessage());
        error.putArray("errors")
                .addObject()
                .put("message", refusal.getMessage())
                .put("domain", "global")
                .put("reason", refusal.reason());
        return Reply.text(refusal.status(), "application/json; charset=UTF-8", body.toString());
    }

    private static Reply xmlError(Refusal refusal) {
        return Reply.text(
                refusal.status(),
                "application/xml; charset=UTF-8",
                "<?xml version='1.0' encoding='UTF-8'?><Error><Code>" + refusal.code() + "</Code><Message>"
                        + refusal.getMessage() + "</Message></Error>");
    }

    /**
     * Runs a server until the process is ended. Arguments: port (0 for any), directory for the objects, name of the
     * bucket. Writes into the directory {@code service-account.json}, the key file, and {@code hmac.properties}, then
     * prints {@code ready <endpoint>}.
     */
    public static void main(String... arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        ServiceAccount account = ServiceAccount.generate();
        GcsTestServer server = newServer(account, directory)
                .port(Integer.parseInt(arguments[0]))
                .start();
        server.createBucket(arguments[2], "(.*/)?public/.*");
        server.configureBucket(
                arguments[2],
                "{\"cors\": [{\"origin\": [\"*\"], \"method\": [\"GET\", \"HEAD\", \"PUT\"],"
                        + " \"responseHeader\": [\"*\"], \"maxAgeSeconds\": 3600}]}");
        Files.writeString(directory.resolve("service-account.json"), account.keyFile(server.endpoint()), UTF_8);
        Files.writeString(
                directory.resolve("hmac.properties"),
                "accessId=" + account.hmacAccessId() + "\nsecret=" + account.hmacSecret() + "\n",
                UTF_8);
        System.out.println("ready " + server.endpoint());
    }

    /** Builds a {@link GcsTestServer}. Not thread-safe. */
    public static final class Builder {

        private final ServiceAccount account;
        private final Path directory;
        private Clock clock = Clock.systemUTC();
        private int port;
        private int maxPageSize = 1000;
        private long bytesPerRewrite = Long.MAX_VALUE;

        private Builder(ServiceAccount account, Path directory) {
            this.account = account;
            this.directory = directory;
        }

        /** Tells when signatures end, and when objects were created. Default: the system's clock. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Default: any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** How many objects, parts or uploads are listed at once, whatever is asked for. Default: 1000. */
        public Builder maxPageSize(int maxPageSize) {
            this.maxPageSize = maxPageSize;
            return this;
        }

        /** How many bytes one call of a rewrite copies. Default: all. */
        public Builder bytesPerRewrite(long bytesPerRewrite) {
            this.bytesPerRewrite = bytesPerRewrite;
            return this;
        }

        /** Starts the server. */
        public GcsTestServer start() throws IOException {
            return new GcsTestServer(this);
        }
    }
}
