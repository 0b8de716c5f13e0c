package io.graphqlfiles.compatibility.ktor

import io.ktor.server.application.Application
import io.ktor.server.engine.connector
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import java.net.URI
import kotlinx.coroutines.runBlocking

/** Ktor on one event loop, with one thread for calls: if these waited for a client, nobody would get an answer. */
class RunningServer(module: Application.() -> Unit) : AutoCloseable {

    private val server = embeddedServer(
        Netty,
        configure = {
            connector {
                host = "localhost"
                port = 0
            }
            connectionGroupSize = 1
            workerGroupSize = 1
            callGroupSize = 1
        },
        module = module,
    ).start()

    val uri: URI = runBlocking { URI.create("http://localhost:${server.engine.resolvedConnectors().single().port}") }

    override fun close() = server.stop(0, 0)
}
