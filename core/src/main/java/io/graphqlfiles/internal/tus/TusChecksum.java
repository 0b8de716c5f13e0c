package io.graphqlfiles.internal.tus;

import io.graphqlfiles.internal.endpoint.EndpointRefusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checksum that a client sends with a body. For one body. */
final class TusChecksum {

    /** In the order of preference. */
    static final String ALGORITHMS = "sha256,sha1,md5";

    private static final Map<String, String> NAMES = Map.of("sha256", "SHA-256", "sha1", "SHA-1", "md5", "MD5");

    private final MessageDigest digest;
    private final byte[] expected;

    private TusChecksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /**
     * Reads the header {@code Upload-Checksum}.
     *
     * @return null if there is none
     * @throws EndpointRefusal if it is malformed, or of an algorithm that is none of ours
     */
    static @Nullable TusChecksum parse(@Nullable String header) throws EndpointRefusal {
        if (header == null) {
            return null;
        }
        int space = header.indexOf(' ');
        String algorithm = space < 0 ? null : NAMES.get(header.substring(0, space));
        if (algorithm == null) {
            throw malformed();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] expected =
                    Base64.getDecoder().decode(header.substring(space + 1).strip());
            if (expected.length != digest.getDigestLength()) {
                throw malformed();
            }
            return new TusChecksum(digest, expected);
        } catch (IllegalArgumentException e) {
            throw malformed();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK is without " + algorithm, e);
        }
    }

    private static EndpointRefusal malformed() {
        return new EndpointRefusal(
                400, "Upload-Checksum: expected one of " + ALGORITHMS + ", a space, and the checksum in base64.");
    }

    void update(byte[] bytes, int count) {
        digest.update(bytes, 0, count);
    }

    /** @throws EndpointRefusal with status 460 if these were other bytes */
    void verify() throws EndpointRefusal {
        if (!MessageDigest.isEqual(digest.digest(), expected)) {
            throw new EndpointRefusal(460, "The body has another checksum; nothing of it was kept.");
        }
    }
}
