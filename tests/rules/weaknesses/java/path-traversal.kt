import java.io.File
import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.nio.file.Files
import java.nio.file.Paths
import org.apache.commons.io.FilenameUtils

fun Route.files(root: File) {
    get("/files/{name}") {
        val name = call.parameters["name"]!!
        // ruleid: path-traversal
        call.respondFile(File("/srv/files/$name"))
        // ruleid: path-traversal
        val text = Files.readString(Paths.get("/srv/files", name))
        // ruleid: path-traversal
        val other = root.resolve(name)
        // ok: path-traversal
        call.respondFile(File("/srv/files", "index.html"))
        // ok: path-traversal
        call.respondFile(File("/srv/files", FilenameUtils.getName(name)))
    }
}
