import io.ktor.server.plugins.cors.routing.CORS

fun Application.open() {
    install(CORS) {
        // ruleid: cors-any-origin
        anyHost()
        // ok: cors-any-origin
        allowHost("shop.example.org")
    }
}
