package io.graphqlfiles.compatibility.ktor

import io.graphqlfiles.server.FileEndpointRequest
import io.graphqlfiles.server.FileEndpointResponse
import io.graphqlfiles.server.ServerSupport
import io.ktor.http.Headers
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpMethod
import io.ktor.http.HttpStatusCode
import io.ktor.http.content.OutgoingContent
import io.ktor.server.request.contentLength
import io.ktor.server.request.httpMethod
import io.ktor.server.request.uri
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.RoutingCall
import io.ktor.server.routing.route
import io.ktor.utils.io.ByteWriteChannel
import io.ktor.utils.io.writeFully
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

// tag::files
/** Serves files and takes direct uploads, below the base path. */
fun Route.files(
    server: ServerSupport,
    dispatcher: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(200),
    patience: Duration = 30.seconds,
) = route(server.basePath() + "/{...}") {
    handle {
        withContext(dispatcher) {
            val body = RequestBody(call.request.receiveChannel(), patience)
            server.fileEndpoint().handle(call.toRequest(server, body)).use { answer ->
                // A client that sends all of an upload before it reads would otherwise find a broken connection.
                if (answer.status() >= 400) server.drain(body)
                call.respond(if (answer.hasBody(call)) FileContent(answer, dispatcher) else NoFile(answer))
            }
        }
    }
}

private fun RoutingCall.toRequest(server: ServerSupport, body: RequestBody): FileEndpointRequest {
    // As they came: what a URL permits is signed character by character.
    val path = request.uri.substringBefore('?').removePrefix(server.basePath())
    val query = if ('?' in request.uri) request.uri.substringAfter('?') else null
    val header = { name: String? -> name?.let(request.headers::get) }
    val length = request.contentLength() ?: -1
    return FileEndpointRequest(request.httpMethod.value, path, query, header, body, length)
}

/** Reads the next piece when the client has taken the last one, and holds no thread in between. */
internal class FileContent(private val answer: FileEndpointResponse, private val dispatcher: CoroutineDispatcher) :
    OutgoingContent.WriteChannelContent() {

    override val status = HttpStatusCode.fromValue(answer.status())
    override val contentLength = answer.length()
    override val headers = answer.otherHeaders()

    override suspend fun writeTo(channel: ByteWriteChannel) {
        val body = answer.body()
        val piece = ByteArray(64 * 1024)
        while (true) {
            val count = withContext(dispatcher) { body.read(piece) }
            if (count < 0) break
            channel.writeFully(piece, 0, count)
            channel.flush()
        }
    }
}
// end::files

private class NoFile(answer: FileEndpointResponse) : OutgoingContent.NoContent() {
    override val status = HttpStatusCode.fromValue(answer.status())
    override val contentLength = answer.length()
    override val headers = answer.otherHeaders()
}

private fun FileEndpointResponse.hasBody(call: RoutingCall): Boolean =
    call.request.httpMethod != HttpMethod.Head && (length() ?: 0) > 0

private fun FileEndpointResponse.length(): Long? = headers()[HttpHeaders.ContentLength]?.toLong()

private fun FileEndpointResponse.otherHeaders(): Headers = Headers.build {
    headers().filterKeys { it != HttpHeaders.ContentLength }.forEach { (name, value) -> append(name, value) }
}
