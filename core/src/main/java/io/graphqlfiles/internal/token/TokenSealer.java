package io.graphqlfiles.internal.token;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.KeyLengthException;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.util.Base64URL;
import io.graphqlfiles.internal.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Seals claims into tokens that clients can neither read nor change: JWE compact serialisation (RFC 7516) with
 * {@code dir} and {@code A256GCM}. A token opens only for the purpose it was sealed for, until it expires. Thread-safe.
 */
public final class TokenSealer {

    /** The longest token that is made or looked at, in characters. */
    public static final int MAX_LENGTH = 8192;

    private static final String EXPIRY = "exp";
    private static final int IV_LENGTH = 16; // 96 bits in base64url
    private static final int TAG_LENGTH = 22; // 128 bits in base64url

    private final Secrets secrets;
    /** Made with the first token: many applications have none, and their start needs no ciphers. */
    private volatile @Nullable List<Key> keys;

    /**
     * Seals with the first secret and opens with all, so that a secret can be replaced without a break: put the new one
     * second on every server, then first, then drop the old one when its last token has expired.
     *
     * @throws IllegalArgumentException if there is no secret or one is shorter than 32 characters
     */
    public TokenSealer(List<String> secrets) {
        this.secrets = new Secrets(secrets);
    }

    private List<Key> keys() {
        List<Key> known = keys;
        if (known == null) { // several threads may derive them: they are equal
            known = secrets.keys("graphql-files token A256GCM").stream()
                    .map(Key::new)
                    .toList();
            keys = known;
        }
        return known;
    }

    /**
     * Makes a token.
     *
     * @param purpose what the token is for, for example {@code upload+jwe}
     * @param claims JSON values: strings, {@link Long}, {@link Boolean}, lists and maps of these; not {@code exp}
     * @param expiresAt exclusive; fractions of a second are dropped
     * @throws IllegalArgumentException if the claims cannot be written as JSON or make a token longer than
     *     {@link #MAX_LENGTH}
     */
    public String seal(String purpose, Map<String, ?> claims, Instant expiresAt) {
        if (claims.containsKey(EXPIRY)) {
            throw new IllegalArgumentException("claims: expected no \"exp\", which the sealer writes");
        }
        Map<String, Object> payload = new LinkedHashMap<>(claims);
        payload.put(EXPIRY, expiresAt.getEpochSecond());
        Key key = keys().get(0);
        JWEObject object = new JWEObject(key.header(purpose), new Payload(JsonText.write(payload)));
        try {
            key.encrypt(object);
        } catch (JOSEException e) {
            throw new IllegalStateException("AES-256-GCM failed", e);
        }
        String token = object.serialize();
        if (token.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "claims: expected a token of at most " + MAX_LENGTH + " characters, found " + token.length());
        }
        return token;
    }

    /**
     * Opens a token.
     *
     * @param purpose the purpose for which it must have been sealed
     * @param token whatever a client sent
     * @return the claims as they were sealed, whole numbers as {@link Long}
     * @throws TokenException if it was not sealed for this purpose with one of the secrets, or expired at or before
     *     {@code now}
     */
    public Map<String, @Nullable Object> open(String purpose, String token, Instant now) throws TokenException {
        Map<String, @Nullable Object> claims = decrypt(purpose, token);
        if (!(claims.remove(EXPIRY) instanceof Long expiry)) {
            throw new TokenException(false);
        }
        if (now.getEpochSecond() >= expiry) {
            throw new TokenException(true);
        }
        return claims;
    }

    private Map<String, @Nullable Object> decrypt(String purpose, String token) throws TokenException {
        if (token.length() > MAX_LENGTH) {
            throw new TokenException(false);
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 5
                || !parts[1].isEmpty()
                || parts[2].length() != IV_LENGTH
                || parts[4].length() != TAG_LENGTH
                || !Stream.of(parts).allMatch(TokenSealer::isCanonical)) {
            throw new TokenException(false);
        }
        Key key = keyFor(purpose, parts[0]);
        if (key == null) {
            throw new TokenException(false);
        }
        try {
            JWEObject object = new JWEObject(
                    new Base64URL(parts[0]),
                    null,
                    new Base64URL(parts[2]),
                    new Base64URL(parts[3]),
                    new Base64URL(parts[4]));
            key.decrypt(object);
            return JsonText.read(object.getPayload().toString());
        } catch (ParseException | JOSEException | IOException e) {
            throw new TokenException(false);
        }
    }

    /**
     * The header must be, character for character, one that {@link #seal} writes. Comparing instead of parsing leaves
     * no room for another algorithm, compression, critical extensions or duplicate members.
     */
    private @Nullable Key keyFor(String purpose, String header) {
        for (Key key : keys()) {
            if (key.header(purpose).toBase64URL().toString().equals(header)) {
                return key;
            }
        }
        return null;
    }

    /** Base64 ignores the last bits of some last characters; only one spelling of a token may be valid. */
    private static boolean isCanonical(String part) {
        try {
            byte[] decoded = Base64.getUrlDecoder().decode(part);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(decoded)
                    .equals(part);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "TokenSealer[" + secrets.count() + " secrets]";
    }

    private static final class Key {

        private final String id;
        private final DirectEncrypter encrypter;
        private final DirectDecrypter decrypter;

        Key(byte[] key) {
            try {
                this.encrypter = new DirectEncrypter(key);
                this.decrypter = new DirectDecrypter(key);
            } catch (KeyLengthException e) {
                throw new IllegalStateException("derived keys have 256 bits", e);
            }
            byte[] name = Secrets.hmac(key).doFinal("kid".getBytes(StandardCharsets.US_ASCII));
            this.id = Base64URL.encode(Arrays.copyOf(name, 6)).toString();
        }

        void encrypt(JWEObject object) throws JOSEException {
            object.encrypt(encrypter);
        }

        void decrypt(JWEObject object) throws JOSEException {
            object.decrypt(decrypter);
        }

        JWEHeader header(String purpose) {
            return new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM)
                    .type(new JOSEObjectType(purpose))
                    .keyID(id)
                    .build();
        }
    }
}
