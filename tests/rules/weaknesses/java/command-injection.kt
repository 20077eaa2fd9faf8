import io.ktor.server.application.*
import io.ktor.server.routing.*

fun Route.tools() {
    post("/ping") {
        val form = call.receiveParameters()
        val host = form["host"]!!
        // ruleid: command-injection
        Runtime.getRuntime().exec("ping -c 1 $host")
        // ruleid: command-injection
        ProcessBuilder("sh", "-c", "ping -c 1 " + host).start()
        val times = call.request.queryParameters["times"]!!.toInt()
        // ok: command-injection
        ProcessBuilder("ping", "-c", "$times", "localhost").start()
    }
}
