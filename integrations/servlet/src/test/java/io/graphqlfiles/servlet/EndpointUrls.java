package io.graphqlfiles.servlet;

import io.graphqlfiles.internal.endpoint.EndpointDirectAccess;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.spi.DirectAccess;
import java.util.List;

/** Signs URLs of the file endpoint for keys that no schema gave. */
public final class EndpointUrls {

    private EndpointUrls() {}

    public static DirectAccess access(String store, String secret) {
        return new EndpointDirectAccess(store, "/files", new PathSigner(List.of(secret)));
    }
}
