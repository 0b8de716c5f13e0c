package io.graphqlfiles.storage.s3;

import io.graphqlfiles.storage.s3.server.S3ProxyServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A server for all tests of a class, and for each a proxy in front of it. */
abstract class BehindFaultyProxy {

    static S3ProxyServer server;

    FaultyProxy proxy;

    @BeforeAll
    static void startServer() {
        server = S3ProxyServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    final void openProxy() throws IOException {
        proxy = new FaultyProxy(server.endpoint());
    }

    @AfterEach
    final void closeProxy() throws IOException {
        proxy.close();
    }
}
