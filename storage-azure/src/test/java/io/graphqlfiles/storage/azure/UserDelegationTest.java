package io.graphqlfiles.storage.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.graphqlfiles.spi.PutRequest;
import io.graphqlfiles.spi.SignGetRequest;
import io.graphqlfiles.spi.SignPutRequest;
import io.graphqlfiles.spi.SignedRequest;
import io.graphqlfiles.spi.SignedUrl;
import io.graphqlfiles.spi.Visibility;
import io.graphqlfiles.storage.azure.server.Azurite;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A client with a token instead of a key, which the service takes over HTTPS only. */
class UserDelegationTest {

    private static final String PASSWORD = "only-for-tests";

    @TempDir
    private static Path directory;

    private static Azurite server;
    private static HttpClient http;
    private static AzureBlobStore store;

    @BeforeAll
    static void start() throws Exception {
        Path certificate = directory.resolve("server.p12");
        makeCertificate(certificate);
        server = Azurite.start(directory, "--oauth", "basic", "--cert", certificate.toString(), "--pwd", PASSWORD);
        http = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        TokenCredential credential = request -> Mono.just(
                new AccessToken(token(), OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint(server.endpoint().toString())
                .credential(credential)
                .httpClient(new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(trusting(certificate))).build())
                .buildClient();
        client.createBlobContainer("files");
        store = AzureBlobStore.newAzureBlobStore(client, "files")
                .userDelegation()
                .build();
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void signGet_isTaken_andOfOneBlob() throws Exception {
        store.put(new PutRequest("private/a", 100, "image/png", "inline", Visibility.PRIVATE), Content.stream(1, 100));

        SignedUrl url = store.signGet(new SignGetRequest(
                "private/a",
                Visibility.PRIVATE,
                "attachment",
                Instant.now(),
                Instant.now().plusSeconds(600)));

        assertThat(url.text()).contains("&skoid=", "&spr=https");
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(url.url()).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Content.bytes(1, 100));
        assertThat(answer.headers().firstValue("Content-Disposition")).hasValue("attachment");
        assertThat(send(HttpRequest.newBuilder(URI.create(url.text().replace("private/a", "private/b")))
                                .build())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void signPut_isTaken_once() throws Exception {
        SignedRequest request = store.signPut(new SignPutRequest(
                "staged/a", 100, "image/png", Instant.now(), Instant.now().plusSeconds(600)));
        HttpRequest.Builder put = HttpRequest.newBuilder(request.url())
                .PUT(HttpRequest.BodyPublishers.ofByteArray(Content.bytes(2, 100)));
        request.headers().forEach(put::header);

        assertThat(send(put.build()).statusCode()).isEqualTo(201);

        assertThat(store.stat("staged/a").byteSize()).isEqualTo(100);
    }

    @Test
    void maxValidity_isLessThanThatOfTheKey() {
        assertThat(store.maxValidity()).isEqualTo(Duration.ofHours(132));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Azurite looks at what it says, and at no signature. */
    private static String token() {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"aud\":\"https://storage.azure.com\",\"iss\":\"https://sts.windows.net/"
                + "66666666-7777-8888-9999-000000000000/\",\"iat\":" + (now - 60) + ",\"nbf\":" + (now - 60)
                + ",\"exp\":" + (now + 3600)
                + ",\"oid\":\"11111111-2222-3333-4444-555555555555\",\"tid\":\"66666666-7777-8888-9999-000000000000\"}";
        return base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + base64(claims) + "." + base64("none");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static void makeCertificate(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
