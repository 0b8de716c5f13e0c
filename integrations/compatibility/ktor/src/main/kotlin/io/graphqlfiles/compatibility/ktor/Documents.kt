package io.graphqlfiles.compatibility.ktor

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import graphql.ExecutionInput
import graphql.GraphQL
import io.graphqlfiles.compatibility.PlainApplication
import io.graphqlfiles.engine.GraphQLFiles
import io.graphqlfiles.server.ServerSupport
import io.graphqlfiles.testkit.GraphQLServerContract
import io.ktor.http.ContentType
import io.ktor.http.HttpHeaders
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.auth.Authentication
import io.ktor.server.auth.UserIdPrincipal
import io.ktor.server.auth.UserPasswordCredential
import io.ktor.server.auth.authenticate
import io.ktor.server.auth.basic
import io.ktor.server.auth.principal
import io.ktor.server.plugins.BadRequestException
import io.ktor.server.request.header
import io.ktor.server.request.host
import io.ktor.server.request.port
import io.ktor.server.request.receive
import io.ktor.server.response.respondBytes
import io.ktor.server.routing.RoutingCall
import io.ktor.server.routing.post
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import java.net.URI
import java.util.Locale
import kotlinx.coroutines.future.await

private val JSON = ObjectMapper()

/** A GraphQL server as one writes it by hand, with one user; it executes no JSON arrays. */
// tag::application
fun Application.documents(files: GraphQLFiles, graphQl: GraphQL) {
    install(Authentication) { basic { validate { reader(it) } } }
    routing {
        authenticate(optional = true) {
            route("/graphql") {
                install(GraphQLUploads) { server = files.server() }
                post { call.respondBytes(execute(graphQl, call), ContentType.Application.Json) }
            }
        }
        files(files.server())
    }
}

internal suspend fun execute(graphQl: GraphQL, call: RoutingCall): ByteArray {
    // Of a multipart request, too: its files are not in there.
    val json = JSON.readTree(call.receive<ByteArray>())
    if (!json.isObject) throw BadRequestException("expected a JSON object")
    val input = ExecutionInput.newExecutionInput(json.path("query").asText())
        .operationName(json.path("operationName").textValue())
        .variables(variables(json))
        .graphQLContext(context(call))
        .locale(call.request.header(HttpHeaders.AcceptLanguage)?.let(Locale::forLanguageTag) ?: Locale.ENGLISH)
        .dataLoaderRegistry(PlainApplication.dataLoaders())
        .build()
    return JSON.writeValueAsBytes(graphQl.executeAsync(input).await().toSpecification())
}
// end::application

/** The one user that there is. */
internal fun reader(given: UserPasswordCredential): UserIdPrincipal? =
    if (given.name == GraphQLServerContract.USER && given.password == GraphQLServerContract.PASSWORD) {
        UserIdPrincipal(given.name)
    } else {
        null
    }

private fun variables(json: JsonNode): Map<String, Any?> {
    val variables = json.path("variables")
    if (!variables.isObject) return emptyMap()
    @Suppress("UNCHECKED_CAST")
    return JSON.convertValue(variables, Map::class.java) as Map<String, Any?>
}

private fun context(call: RoutingCall): Map<Any, Any> = buildMap {
    put(ServerSupport.BASE_URL_KEY, URI.create("http://${call.request.host()}:${call.request.port()}"))
    call.principal<UserIdPrincipal>()?.let { put(PlainApplication.USER_KEY, it.name) }
    call.request.header("X-Request-Id")?.let { put(PlainApplication.REQUEST_ID_KEY, it) }
}
