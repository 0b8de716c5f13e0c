package io.graphqlfiles.compatibility.ktor

import io.graphqlfiles.CopyUrlOptions
import io.graphqlfiles.compatibility.Directories
import io.graphqlfiles.engine.GraphQLFiles
import io.graphqlfiles.storage.fs.FileSystemBlobStore
import io.graphqlfiles.testkit.GraphQLServerContract
import io.graphqlfiles.testkit.ServerUnderTest
import io.graphqlfiles.testkit.ServerUnderTest.Feature
import java.util.EnumSet
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll

/** graphql-kotlin's server for Ktor. Its requests have no language. */
class GraphQLKotlinTest : GraphQLServerContract() {

    override fun server() = ServerUnderTest(
        server.uri.resolve("/graphql"),
        DIRECTORIES.files(),
        DIRECTORIES.temporaryFiles(),
        EnumSet.complementOf(EnumSet.of(Feature.LOCALE, Feature.BREAKS_OFF)),
    )

    companion object {
        private val DIRECTORIES = Directories.create()
        private val files: GraphQLFiles = GraphQLFiles.newGraphQLFiles()
            .store(FileSystemBlobStore.at(DIRECTORIES.files()))
            .secret("a secret for the tests of compatibility")
            .temporaryDirectory(DIRECTORIES.temporaryFiles())
            .authorizer { true }
            .copyUrl(CopyUrlOptions.newCopyUrlOptions().allowedNetworks(listOf("127.0.0.0/8")).build())
            .batchedOperations(true)
            .tus(true)
            .registry(rules())
            .build()
        private lateinit var server: RunningServer

        @JvmStatic
        @BeforeAll
        fun start() {
            server = RunningServer { documentsOfClasses(files) }
        }

        @JvmStatic
        @AfterAll
        fun stop() {
            server.close()
            files.close()
        }
    }
}
