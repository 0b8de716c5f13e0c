package io.graphqlfiles.internal.endpoint;

import static java.util.Objects.requireNonNull;

import io.graphqlfiles.ByteSize;
import io.graphqlfiles.internal.execution.FileListeners;
import io.graphqlfiles.internal.token.PathSigner;
import io.graphqlfiles.spi.BlobStore;
import io.graphqlfiles.spi.DirectAccess;
import io.graphqlfiles.testkit.DirectAccessContract;
import io.graphqlfiles.testkit.InMemoryBlobStore;
import io.graphqlfiles.testkit.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What the library's own endpoint takes, for a store that signs nothing itself. */
class EndpointDirectAccessTest extends DirectAccessContract {

    private final MovableClock clock = MovableClock.at("2030-01-31T10:00:00Z");
    private final PathSigner signer = new PathSigner(List.of("0123456789abcdef0123456789abcdef"));
    private @Nullable FileEndpointServer server;

    @Override
    protected BlobStore createStore() throws IOException {
        BlobStore store = new InMemoryBlobStore(clock);
        server = FileEndpointServer.start(new SignedFileEndpoint(
                Map.of("main", store), null, signer, clock, List.of("*"), FileListeners.NONE, ByteSize.kilobytes(1)));
        return store;
    }

    @Override
    protected DirectAccess directAccess(BlobStore store) {
        return new EndpointDirectAccess("main", "/files", signer);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected URI baseUrl() {
        return requireNonNull(server).baseUrl();
    }

    @AfterEach
    void stopServer() {
        requireNonNull(server).close();
    }
}
