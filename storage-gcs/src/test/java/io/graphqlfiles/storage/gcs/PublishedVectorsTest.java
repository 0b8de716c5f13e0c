package io.graphqlfiles.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Google's published vectors for V4 signatures, with the key that they were made with, which is known to all.
 *
 * @see <a href="https://github.com/googleapis/conformance-tests">Conformance tests</a>
 */
class PublishedVectorsTest {

    private static final String VECTORS = "/com/google/cloud/conformance/storage/v1/";

    /** What this library never signs: names and values that it never has, and other hosts than the service's. */
    private static final List<String> OF_OTHERS = List.of(
            "Slashes in object name should not be URL encoded",
            "Headers should be trimmed",
            "Query Parameter Encoding",
            "Query Parameter Ordering",
            "Signed Payload Instead of UNSIGNED-PAYLOAD",
            "Virtual Hosted Style",
            "HTTP Bucket Bound Hostname Support",
            "HTTPS Bucket Bound Hostname Support");

    private record Vector(String description, JsonNode json) {
        @Override
        public String toString() {
            return description;
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sign_publishedVector(Vector vector) throws IOException {
        URI expected = URI.create(vector.json.get("expectedUrl").asText());
        UrlSigner signer =
                new UrlSigner(URI.create(expected.getScheme() + "://" + expected.getRawAuthority()), publishedKey());
        Instant time = Instant.parse(vector.json.get("timestamp").asText());
        SortedMap<String, String> headers = new TreeMap<>();
        vector.json
                .path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));

        String url = signer.sign(
                vector.json.get("method").asText(),
                expected.getRawPath(),
                headers,
                new TreeMap<>(),
                time,
                time.plusSeconds(vector.json.get("expiration").asLong()));

        assertThat(url).isEqualTo(expected.toString());
    }

    /** A vector that is published later must be looked at. */
    @Test
    void vectors_allAreSignedOrOfOthers() throws IOException {
        assertThat(all().stream().map(Vector::description)).containsAll(OF_OTHERS);
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(9);
    }

    static List<Vector> vectors() throws IOException {
        return all().stream()
                .filter(vector -> !OF_OTHERS.contains(vector.description))
                .toList();
    }

    private static List<Vector> all() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream in = open("v4_signatures.json")) {
            new ObjectMapper()
                    .readTree(in)
                    .get("signingV4Tests")
                    .forEach(json ->
                            vectors.add(new Vector(json.get("description").asText(), json)));
        }
        return vectors;
    }

    private static SigningKey publishedKey() throws IOException {
        try (InputStream in = open("test_service_account.not-a-test.json")) {
            return RsaSigningKey.of(ServiceAccountCredentials.fromStream(in));
        }
    }

    private static InputStream open(String name) {
        InputStream in = PublishedVectorsTest.class.getResourceAsStream(VECTORS + name);
        assertThat(in).as(name).isNotNull();
        return in;
    }
}
