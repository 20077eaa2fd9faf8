import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: audit-log
        logger.warn("login failed for {}", input);
        // ok: audit-log
        logger.info("started");
    }
}
