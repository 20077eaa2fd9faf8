import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: security-headers
        response.setHeader("X-Frame-Options", "DENY");
        // ok: security-headers
        response.setHeader("X-Name", "a");
    }
}
