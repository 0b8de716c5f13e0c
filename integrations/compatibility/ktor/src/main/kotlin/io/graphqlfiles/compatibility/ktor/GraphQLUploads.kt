package io.graphqlfiles.compatibility.ktor

import io.graphqlfiles.server.GraphQLMultipartRequest
import io.graphqlfiles.server.MultipartRequestException
import io.graphqlfiles.server.ServerSupport
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.ApplicationCallPipeline
import io.ktor.server.application.BaseRouteScopedPlugin
import io.ktor.server.application.PipelineCall
import io.ktor.server.application.call
import io.ktor.server.request.ApplicationReceivePipeline
import io.ktor.server.request.header
import io.ktor.server.response.respondBytes
import io.ktor.util.AttributeKey
import io.ktor.util.pipeline.PipelineContext
import io.ktor.utils.io.ByteReadChannel
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Turns multipart requests to a route into the JSON that its handler receives; runs the handler where it may block. */
class GraphQLUploads private constructor(private val config: Config) {

    class Config {
        lateinit var server: ServerSupport
        /** Slow clients hold these threads, and none of those that others have from Dispatchers.IO. */
        var dispatcher: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(200)
        var patience: Duration = 30.seconds
    }

    private val server get() = config.server

    // tag::plugin
    private suspend fun PipelineContext<Unit, PipelineCall>.handle() = withContext(config.dispatcher) {
        val contentType = call.request.header(HttpHeaders.ContentType)
        if (server.isMultipart(contentType)) {
            val body = RequestBody(call.request.receiveChannel(), config.patience)
            // Closed after the answer: the client gets to send the rest, and then to read it.
            server.openMultipartRequest(contentType, call.request::header, body).use { handle(it) }
        } else {
            proceed()
        }
    }

    private suspend fun PipelineContext<Unit, PipelineCall>.handle(request: GraphQLMultipartRequest) {
        try {
            // The files stay on the connection until a data fetcher reads them.
            call.attributes.put(JSON, request.operations())
        } catch (e: MultipartRequestException) {
            val accept = call.request.headers.getAll(HttpHeaders.Accept)?.joinToString()
            val type = ContentType.parse(MultipartRequestException.responseType(accept))
            call.respondBytes(e.responseBody(), type, HttpStatusCode.fromValue(e.status()))
            return
        }
        proceed()
    }

    companion object Plugin : BaseRouteScopedPlugin<Config, GraphQLUploads> {
        override val key = AttributeKey<GraphQLUploads>("GraphQLUploads")
        private val JSON = AttributeKey<ByteArray>("GraphQLUploads.json")

        override fun install(pipeline: ApplicationCallPipeline, configure: Config.() -> Unit): GraphQLUploads {
            val plugin = GraphQLUploads(Config().apply(configure))
            pipeline.intercept(ApplicationCallPipeline.Call) { with(plugin) { handle() } }
            pipeline.receivePipeline.intercept(ApplicationReceivePipeline.Before) {
                call.attributes.getOrNull(JSON)?.let { proceedWith(ByteReadChannel(it)) }
            }
            return plugin
        }
    }
    // end::plugin
}
