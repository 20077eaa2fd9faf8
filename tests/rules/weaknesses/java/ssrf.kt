import io.ktor.client.HttpClient
import io.ktor.client.request.*
import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.net.URL
import okhttp3.Request
import org.springframework.web.client.RestTemplate

fun Route.proxy(client: HttpClient, rest: RestTemplate) {
    get("/fetch") {
        val address = call.request.queryParameters["address"]!!
        // ruleid: ssrf
        val page = client.get(address)
        // ruleid: ssrf
        val body = URL(address).readText()
        // ruleid: ssrf
        val request = Request.Builder().url(address).build()
        // ruleid: ssrf
        val answer = rest.getForObject(address, String::class.java)
        // ok: ssrf
        val own = client.get("https://api.example.org/items?q=$address")
    }
}
