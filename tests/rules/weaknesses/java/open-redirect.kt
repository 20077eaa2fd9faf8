import io.ktor.server.application.*
import io.ktor.server.routing.*

fun Route.leave() {
    get("/leave") {
        val target = call.request.queryParameters["to"]!!
        // ruleid: open-redirect
        call.respondRedirect(target)
        // ok: open-redirect
        call.respondRedirect("/items/$target")
    }
}
