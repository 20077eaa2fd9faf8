import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: header-injection
        response.setHeader("X-Name", input);
        // ok: header-injection
        response.setHeader("X-Name", "fixed");
    }
}
