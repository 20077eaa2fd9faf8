import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.io.ByteArrayInputStream
import java.io.ObjectInputStream
import java.util.Base64
import org.springframework.web.bind.annotation.*

class Restore {
    @PostMapping("/restore")
    fun restore(@RequestBody body: ByteArray): Any {
        // ruleid: deserialization
        val stream = ObjectInputStream(ByteArrayInputStream(body))
        return stream.readObject()
    }
}

fun Route.restore(stored: ByteArray) {
    post("/session") {
        val text = call.receiveText()
        // ruleid: deserialization
        val state = ObjectInputStream(ByteArrayInputStream(Base64.getDecoder().decode(text)))
        // ok: deserialization
        val own = ObjectInputStream(ByteArrayInputStream(stored))
    }
}
