import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.sql.PreparedStatement;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        PreparedStatement prepared = connection.prepareStatement("select 1 from items where name = ?");
        // ruleid: parameterized-query
        prepared.setString(1, input);
        // ok: parameterized-query
        other.setString(1, input);
    }
}
