import io.ktor.http.ContentType
import io.ktor.server.application.*
import io.ktor.server.routing.*
import org.springframework.web.util.HtmlUtils

fun Route.hello() {
    get("/hello") {
        val name = call.request.queryParameters["name"]
        // ruleid: cross-site-scripting
        call.respondText("<h1>Hello $name</h1>", ContentType.Text.Html)
        // ok: cross-site-scripting
        call.respondText("<h1>Hello ${HtmlUtils.htmlEscape(name)}</h1>", ContentType.Text.Html)
        // ok: cross-site-scripting
        call.respondText("Hello $name")
    }
}
