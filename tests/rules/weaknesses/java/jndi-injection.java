import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.naming.InitialContext;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: jndi-injection
        new InitialContext().lookup(input);
        // ok: jndi-injection
        new InitialContext().lookup("java:comp/env/jdbc/items");
    }
}
