import io.ktor.server.application.*
import io.ktor.server.routing.*
import java.sql.Connection
import org.jetbrains.exposed.sql.transactions.TransactionManager
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.web.bind.annotation.*

@RestController
class Items(private val jdbc: JdbcTemplate, private val connection: Connection) {
    @GetMapping("/items")
    fun byName(@RequestParam name: String, @RequestParam count: Int): List<String> {
        // ok: sql-injection
        jdbc.queryForList("select * from items where name = ?", name)
        // ok: sql-injection
        jdbc.queryForList("select * from items limit $count")
        // ruleid: sql-injection
        return jdbc.queryForList("select * from items where name = '$name'", String::class.java)
    }

    @DELETE
    @Path("/{id}")
    fun remove(@PathParam("id") id: String) {
        val statement = connection.createStatement()
        // ruleid: sql-injection
        statement.executeUpdate("delete from items where id = '" + id + "'")
    }
}

fun Route.items(connection: Connection) {
    get("/search/{term}") {
        val term = call.parameters["term"] ?: return@get
        val order = call.request.queryParameters["order"]!!
        // ruleid: sql-injection
        connection.createStatement().executeQuery("select * from items where name like '%$term%'")
        // ruleid: sql-injection
        TransactionManager.current().exec("select * from items order by ${order}")
        val query = connection.prepareStatement("select * from items where name = ?")
        query.setString(1, term)
        // ok: sql-injection
        query.executeQuery()
    }
}
