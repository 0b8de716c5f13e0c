package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An account with a private key and an HMAC key, both made when it is asked for.
 *
 * @param privateKey in PEM form
 */
public record ServiceAccount(
        String email, String privateKey, PublicKey publicKey, String hmacAccessId, String hmacSecret) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A new account. */
    public static ServiceAccount generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        byte[] random = new byte[30];
        new SecureRandom().nextBytes(random);
        return of(
                "files@tests.iam.gserviceaccount.com",
                key,
                "GOOG1E" + HexFormat.of().withUpperCase().formatHex(random, 0, 20),
                Base64.getEncoder().encodeToString(random));
    }

    /** The account of a key file, with an HMAC key. */
    public static ServiceAccount read(String keyFile, String hmacAccessId, String hmacSecret)
            throws IOException, GeneralSecurityException {
        JsonNode json = JSON.readTree(keyFile);
        String pem = json.get("private_key").asText();
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return of(json.get("client_email").asText(), key, hmacAccessId, hmacSecret);
    }

    private static ServiceAccount of(String email, byte[] key, String hmacAccessId, String hmacSecret)
            throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey privateKey = (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(key));
        PublicKey publicKey =
                keys.generatePublic(new RSAPublicKeySpec(privateKey.getModulus(), privateKey.getPublicExponent()));
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        return new ServiceAccount(email, pem, publicKey, hmacAccessId, hmacSecret);
    }

    /** The key file, as Google gives it out. */
    public String keyFile(URI endpoint) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "service_account");
        json.put("project_id", "tests");
        json.put("private_key_id", "1");
        json.put("private_key", privateKey);
        json.put("client_email", email);
        json.put("client_id", "1");
        json.put("token_uri", endpoint + "/token");
        return json.toString();
    }

    /** Credentials for the vendor's client, which get their tokens from the server. */
    public ServiceAccountCredentials credentials(URI endpoint) throws IOException {
        return ServiceAccountCredentials.fromStream(
                new ByteArrayInputStream(keyFile(endpoint).getBytes(UTF_8)));
    }

    @Override
    public String toString() {
        return "ServiceAccount[" + email + "]";
    }
}
