package io.graphqlfiles.compatibility.kotlin

import io.graphqlfiles.StoredFile
import io.graphqlfiles.server.FileEndpointRequest
import io.graphqlfiles.spi.Visibility
import java.io.InputStream
import java.time.Instant
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Warnings are errors here: what compiles says what Kotlin knows of nulls. */
class NullnessTest {

    @Test
    fun `what may be null is nullable in constructors`() {
        val request = FileEndpointRequest("GET", "/a", null, { null }, InputStream.nullInputStream(), -1)
        val file = StoredFile("default", "private/abc", "a.txt", "text/plain", 1, Instant.EPOCH, Visibility.PRIVATE, null)

        val query: String? = request.query()
        val header: String? = request.header("Range")
        val checksum: String? = file.checksum()

        assertThat(listOf(query, header, checksum)).containsOnlyNulls()
    }

    @Test
    fun `what is never null is not nullable`() {
        val file = StoredFile("default", "private/abc", "a.txt", "text/plain", 1, Instant.EPOCH, Visibility.PRIVATE, null)

        val name: String = file.fileName()
        val read: StoredFile = StoredFile.fromJson(file.toJson())

        assertThat(name.length + read.key().length).isEqualTo(16)
    }
}
