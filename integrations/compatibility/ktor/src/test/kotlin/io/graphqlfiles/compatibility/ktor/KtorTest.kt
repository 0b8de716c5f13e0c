package io.graphqlfiles.compatibility.ktor

import graphql.GraphQL
import io.graphqlfiles.compatibility.Directories
import io.graphqlfiles.compatibility.PlainApplication
import io.graphqlfiles.server.FileEndpointResponse
import io.graphqlfiles.testkit.GraphQLServerContract
import io.graphqlfiles.testkit.ServerUnderTest
import io.graphqlfiles.testkit.ServerUnderTest.Feature
import io.ktor.http.ContentType
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.response.respond
import io.ktor.server.response.respondBytes
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import io.ktor.utils.io.ByteChannel
import java.io.ByteArrayInputStream
import java.io.EOFException
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.io.SequenceInputStream
import java.net.Socket
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.EnumSet
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicLong
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

class KtorTest : GraphQLServerContract() {

    override fun server() = ServerUnderTest(
        server.uri.resolve("/graphql"),
        DIRECTORIES.files(),
        DIRECTORIES.temporaryFiles(),
        EnumSet.complementOf(EnumSet.of(Feature.BATCHED_OPERATIONS, Feature.BREAKS_OFF)),
    )

    /** There is one event loop and one thread for calls: were these waiting, the other request would have no answer. */
    @Test
    @Timeout(60)
    fun clientThatStops_holdsUpNobodyElse() {
        Socket(server.uri.host, server.uri.port).use { stopped ->
            stopped.getOutputStream().write(head("/graphql", 100_000) + BEGINNING)
            stopped.getOutputStream().flush()

            repeat(5) { assertThat(measure("quick")).contains("\"byteSize\":5") }
        }
    }

    @Test
    fun clientThatSendsNothing_isNotWaitedForWithoutEnd() {
        val body = RequestBody(ByteChannel(), 50.milliseconds)

        assertThatThrownBy { body.read() }.isInstanceOf(IOException::class.java).hasMessageContaining("50ms")
        assertThatThrownBy { body.read() }.isInstanceOf(IOException::class.java)
    }

    /** Nobody reads the file until it is asked for: what a client can send in the meantime is what buffers hold. */
    @Test
    @Timeout(120)
    fun fileThatNobodyReadsYet_holdsTheClientBack() {
        Socket(server.uri.host, server.uri.port).use { socket ->
            val out = socket.getOutputStream()
            out.write(head("/waiting", BEGINNING.size + MUCH + END.size) + BEGINNING)
            val sent = AtomicLong()
            val sending = CompletableFuture.runAsync { send(out, sent) }

            awaitStandstill(sent)
            assertThat(sent.get()).isPositive().isLessThan(MUCH / 2)

            mayRead.complete(Unit)
            sending.join()
            val answer = String(socket.getInputStream().readAllBytes())
            assertThat(answer).contains("\"byteSize\":$MUCH")
        }
    }

    /** Or a client would take the part for the whole. */
    @Test
    fun fileThatEndsTooEarly_breaksTheConnectionOff() {
        val request = HttpRequest.newBuilder(server.uri.resolve("/broken")).timeout(Duration.ofSeconds(30)).build()

        assertThatThrownBy { HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()) }
            .isInstanceOf(IOException::class.java)
            .isNotInstanceOf(java.net.http.HttpTimeoutException::class.java)
    }

    /** What says that it has 1,000 bytes, and has ten. */
    private object Broken : FileEndpointResponse {
        override fun status() = 200
        override fun headers() = mapOf("Content-Length" to "1000")
        override fun body(): InputStream = SequenceInputStream(ByteArrayInputStream(ByteArray(10)), Ending)
        override fun writeTo(out: OutputStream) = throw UnsupportedOperationException()
        override fun close() = Unit
    }

    private object Ending : InputStream() {
        override fun read(): Int = throw EOFException()
    }

    companion object {
        private const val MUCH = 64L * 1024 * 1024
        private val BEGINNING = listOf(
            "operations" to """{"query": "mutation(${'$'}f: Upload!) { measure(file: ${'$'}f) { byteSize } }", "variables": {"f": null}}""",
            "map" to """{"0": ["variables.f"]}""",
            "0\"; filename=\"a.bin" to "",
        ).joinToString("\r\n") { (name, value) ->
            "--b\r\nContent-Disposition: form-data; name=\"$name\"\r\n\r\n$value"
        }.toByteArray()
        private val END = "\r\n--b--\r\n".toByteArray()

        private val DIRECTORIES = Directories.create()
        private val application = PlainApplication(DIRECTORIES, false)
        private val mayRead = CompletableDeferred<Unit>()
        private lateinit var server: RunningServer

        @JvmStatic
        @BeforeAll
        fun start() {
            val files = application.files()
            val graphQl = GraphQL.newGraphQL(application.schema()).instrumentation(files.instrumentation()).build()
            server = RunningServer {
                documents(files, graphQl)
                forTests(graphQl)
            }
        }

        private fun Application.forTests(graphQl: GraphQL) = routing {
            route("/waiting") {
                install(GraphQLUploads) { server = application.files().server() }
                post {
                    mayRead.await()
                    call.respondBytes(execute(graphQl, call), ContentType.Application.Json)
                }
            }
            get("/broken") { call.respond(FileContent(Broken, Dispatchers.IO)) }
        }

        @JvmStatic
        @AfterAll
        fun stop() {
            server.close()
            application.files().close()
        }

        private fun head(path: String, length: Number) = (
            "POST $path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nGraphQL-Preflight: 1\r\n" +
                "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: $length\r\n\r\n"
            ).toByteArray()

        private fun measure(content: String): String {
            val request = HttpRequest.newBuilder(server.uri.resolve("/graphql"))
                .header("GraphQL-Preflight", "1")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArray(BEGINNING + content.toByteArray() + END))
                .build()
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()
        }

        private fun send(out: OutputStream, sent: AtomicLong) {
            val piece = ByteArray(64 * 1024)
            while (sent.get() < MUCH) {
                out.write(piece)
                sent.addAndGet(piece.size.toLong())
            }
            out.write(END)
            out.flush()
        }

        /** Nothing more was sent for two seconds. */
        private fun awaitStandstill(sent: AtomicLong) {
            var seen = -1L
            var since = System.nanoTime()
            while (System.nanoTime() - since < Duration.ofSeconds(2).toNanos()) {
                if (sent.get() != seen) {
                    seen = sent.get()
                    since = System.nanoTime()
                }
                Thread.onSpinWait()
            }
        }
    }
}
