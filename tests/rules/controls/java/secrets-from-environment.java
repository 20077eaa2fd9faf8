import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: secrets-from-environment
        System.getenv("DB_PASSWORD");
        // ok: secrets-from-environment
        System.getenv("PORT");
    }
}
