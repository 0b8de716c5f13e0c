package io.graphqlfiles.storage.gcs.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Gives tokens to whoever signs with the account's key, and knows them again. */
final class AccessTokens {

    private final ServiceAccount account;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    AccessTokens(ServiceAccount account) {
        this.account = account;
    }

    Reply give(Request request) throws IOException {
        String form = new String(request.uncompressedBody().readAllBytes(), UTF_8);
        String assertion = new Request("POST", "/token", form, null).parameter("assertion");
        if (assertion == null || !isSigned(assertion)) {
            throw new Refusal(401, "invalid_grant", "InvalidGrant", "Invalid JWT signature.");
        }
        String token = "token-" + UUID.randomUUID();
        tokens.add(token);
        return Reply.json(JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", 3600));
    }

    boolean permits(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            return false;
        }
        String token = header.substring("Bearer ".length());
        return tokens.contains(token) || isSigned(token);
    }

    private boolean isSigned(String jwt) {
        int end = jwt.lastIndexOf('.');
        if (end < 0) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(account.publicKey());
            signature.update(jwt.substring(0, end).getBytes(UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(end + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
