package io.graphqlfiles;

import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Makes endpoints without a schema. */
public final class FileEndpoints {

    private static final PathSigner SIGNER = new PathSigner(List.of("0123456789abcdef0123456789abcdef"));

    private FileEndpoints() {}

    public static FileEndpoint endpoint(BlobStore store, Clock clock) {
        return new FileEndpoint(Map.of("main", store), SIGNER, clock, List.of("*"));
    }

    public static DirectAccess access() {
        return new EndpointDirectAccess("main", "/files", SIGNER);
    }
}
