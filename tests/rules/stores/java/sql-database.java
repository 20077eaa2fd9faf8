import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.sql.*;
import org.springframework.jdbc.core.JdbcTemplate;

class Sample {
    private JdbcTemplate jdbc;

    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: sql-database
        Connection connection = DriverManager.getConnection("jdbc:postgresql://db/items");
        // ruleid: sql-database
        jdbc.update("delete from items");
        // ok: sql-database
        other.update("x");
    }
}
