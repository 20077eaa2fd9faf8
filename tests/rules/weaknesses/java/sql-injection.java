import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.sql.*;
import org.springframework.jdbc.core.JdbcTemplate;

class Sample {
    private Connection connection;
    private JdbcTemplate jdbc;
    private SqlClient client;

    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        Statement statement = connection.createStatement();
        // ruleid: sql-injection
        statement.executeQuery("select * from items where name = '" + input + "'");
        StringBuilder text = new StringBuilder("select * from items where name = '");
        text.append(input).append("'");
        // ruleid: sql-injection
        jdbc.queryForList(text.toString());
        PreparedStatement prepared = connection.prepareStatement("select * from items where name = ?");
        prepared.setString(1, input);
        // ok: sql-injection
        prepared.executeQuery();
        // ok: sql-injection
        client.preparedQuery("select * from items where name = ?").execute(Tuple.of(input));
        int number = Integer.parseInt(input);
        // ok: sql-injection
        statement.executeUpdate("delete from items where id = " + number);
    }
}
