package io.graphqlfiles.compatibility.ktor

import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.cancel
import io.ktor.utils.io.readAvailable
import java.io.IOException
import java.io.InputStream
import kotlin.time.Duration
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeoutOrNull

// tag::body
/** A body for threads that may block; Ktor asks the client for more when this was read. */
class RequestBody(private val body: ByteReadChannel, private val patience: Duration) : InputStream() {

    private var abandoned = false

    override fun read(bytes: ByteArray, offset: Int, length: Int): Int {
        if (length == 0) return 0
        if (!abandoned) {
            runBlocking { withTimeoutOrNull(patience) { body.readAvailable(bytes, offset, length) } }?.let { return it }
            abandoned = true
            body.cancel()
        }
        throw IOException("The client has sent nothing for $patience")
    }

    override fun read(): Int {
        val one = ByteArray(1)
        return if (read(one, 0, 1) < 0) -1 else one[0].toInt() and 0xff
    }
}
// end::body
