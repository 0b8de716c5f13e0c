package io.graphqlfiles.compatibility.ktor

import com.expediagroup.graphql.dataloader.KotlinDataLoader
import com.expediagroup.graphql.dataloader.KotlinDataLoaderRegistryFactory
import com.expediagroup.graphql.generator.annotations.GraphQLIgnore
import com.expediagroup.graphql.generator.extensions.plus
import com.expediagroup.graphql.generator.scalars.ID
import com.expediagroup.graphql.server.ktor.GraphQL
import com.expediagroup.graphql.server.ktor.KtorGraphQLContextFactory
import com.expediagroup.graphql.server.ktor.KtorGraphQLRequestParser
import com.expediagroup.graphql.server.ktor.graphQLPostRoute
import com.expediagroup.graphql.server.operations.Mutation
import com.expediagroup.graphql.server.operations.Query
import com.expediagroup.graphql.server.types.GraphQLServerRequest
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import com.fasterxml.jackson.module.kotlin.readValue
import graphql.GraphQLContext
import graphql.schema.DataFetchingEnvironment
import io.graphqlfiles.ByteSize
import io.graphqlfiles.FileFieldRegistry
import io.graphqlfiles.StoredFile
import io.graphqlfiles.Upload
import io.graphqlfiles.compatibility.Measurement as Measured
import io.graphqlfiles.compatibility.PlainApplication
import io.graphqlfiles.engine.GraphQLFiles
import io.graphqlfiles.server.ServerSupport
import io.ktor.http.HttpHeaders
import io.ktor.server.application.Application
import io.ktor.server.application.install
import io.ktor.server.auth.Authentication
import io.ktor.server.auth.UserIdPrincipal
import io.ktor.server.auth.authenticate
import io.ktor.server.auth.basic
import io.ktor.server.auth.principal
import io.ktor.server.request.ApplicationRequest
import io.ktor.server.request.header
import io.ktor.server.request.host
import io.ktor.server.request.port
import io.ktor.server.request.receive
import io.ktor.server.routing.route
import io.ktor.server.routing.routing
import java.net.URI
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CopyOnWriteArrayList
import kotlinx.coroutines.delay
import org.dataloader.DataLoader
import org.dataloader.DataLoaderFactory

// tag::classes
data class Document(
    val id: ID,
    val title: String,
    val content: StoredFile?,
    val pages: List<StoredFile>,
    val addedBy: String?,
    val language: String?,
    val requestId: String?,
    @param:GraphQLIgnore @property:GraphQLIgnore val shelfName: String,
) {
    fun shelf(environment: DataFetchingEnvironment): CompletableFuture<Shelf> = shelves(environment).load(shelfName)
}

data class DocumentInput(
    val title: String,
    val shelf: String?,
    val content: StoredFile?,
    val pages: List<StoredFile>?,
)

class DocumentMutations(private val documents: MutableList<Document>) : Mutation {

    // Not suspending: graphql-java would ask the DataLoader before a coroutine has.
    fun addDocument(document: DocumentInput, environment: DataFetchingEnvironment): CompletableFuture<Document> =
        shelves(environment).load(document.shelf ?: "new")
            .thenApply { document.toDocument(it, environment).also(documents::add) }
    // end::classes

    @Suppress("UNUSED_PARAMETER")
    suspend fun failToAddDocument(document: DocumentInput): Document? {
        delay(1) // goes on in another thread
        error("a failure that the contract asks for")
    }

    fun measure(file: Upload): Measurement = Measurement.of(file)

    fun measureAll(files: List<Upload>): List<Measurement> = files.map(Measurement::of)
}

class DocumentQueries(private val documents: List<Document>) : Query {
    fun documents(): List<Document> = documents
}

data class Shelf(val name: String, val loadedTogether: Int)

data class Measurement(val fileName: String, val mimeType: String?, val byteSize: Long, val crc32: String) {
    companion object {
        fun of(file: Upload) =
            Measured.of(file).let { Measurement(it.fileName() ?: "", it.mimeType(), it.byteSize(), it.crc32()) }
    }
}

private fun DocumentInput.toDocument(shelf: Shelf, environment: DataFetchingEnvironment) = Document(
    ID(UUID.randomUUID().toString()),
    title,
    content,
    pages.orEmpty(),
    environment.graphQlContext[PlainApplication.USER_KEY],
    environment.locale.toLanguageTag(),
    environment.graphQlContext[PlainApplication.REQUEST_ID_KEY],
    shelf.name,
)

private fun shelves(environment: DataFetchingEnvironment): DataLoader<String, Shelf> =
    requireNotNull(environment.getDataLoader("shelves"))

private object Shelves : KotlinDataLoader<String, Shelf> {
    override val dataLoaderName = "shelves"
    override fun getDataLoader(graphQLContext: GraphQLContext): DataLoader<String, Shelf> =
        DataLoaderFactory.newDataLoader { names ->
            CompletableFuture.completedFuture(names.map { Shelf(it, names.size) })
        }
}

/** The rules of the fields, which graphql-kotlin's schema has no directives for. */
fun rules(): FileFieldRegistry = FileFieldRegistry.newRegistry()
    .field("Document", "content") { it.maxSize(ByteSize.megabytes(100)) }
    .field("Document", "pages") { it.accept("image/*").maxSize(ByteSize.kilobytes(64)).maxCount(3) }
    .input("DocumentInput", "content", "Document.content")
    .input("DocumentInput", "pages", "Document.pages")
    .build()

// tag::parser
/** Of a multipart request it reads the JSON that is left of it; for others it is graphql-kotlin's own. */
class UploadRequestParser(private val server: ServerSupport) : KtorGraphQLRequestParser(JSON) {

    override suspend fun parseRequest(request: ApplicationRequest): GraphQLServerRequest? =
        if (server.isMultipart(request.header(HttpHeaders.ContentType))) JSON.readValue(request.call.receive<ByteArray>())
        else super.parseRequest(request)

    private companion object {
        val JSON: ObjectMapper = jacksonObjectMapper()
    }
}
// end::parser

private object RequestContext : KtorGraphQLContextFactory() {
    override suspend fun generateContext(request: ApplicationRequest): GraphQLContext =
        super.generateContext(request) + buildMap<Any, Any> {
            put(ServerSupport.BASE_URL_KEY, URI.create("http://${request.host()}:${request.port()}"))
            request.call.principal<UserIdPrincipal>()?.let { put(PlainApplication.USER_KEY, it.name) }
            request.header("X-Request-Id")?.let { put(PlainApplication.REQUEST_ID_KEY, it) }
        }
}

// tag::application
fun Application.documentsOfClasses(files: GraphQLFiles) {
    val documents = CopyOnWriteArrayList<Document>()
    install(GraphQL) {
        schema {
            packages = listOf("io.graphqlfiles.compatibility.ktor")
            queries = listOf(DocumentQueries(documents))
            mutations = listOf(DocumentMutations(documents))
            hooks = FileTypes(files)
        }
        engine {
            instrumentations = listOf(files.instrumentation())
            dataLoaderRegistryFactory = KotlinDataLoaderRegistryFactory(Shelves)
        }
        server {
            requestParser = UploadRequestParser(files.server())
            contextFactory = RequestContext
        }
    }
    install(Authentication) { basic { validate { reader(it) } } }
    routing {
        authenticate(optional = true) {
            route("/graphql") {
                install(GraphQLUploads) { server = files.server() }
                graphQLPostRoute("")
            }
        }
        files(files.server())
    }
}
// end::application
