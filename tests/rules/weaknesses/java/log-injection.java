import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;

class Sample {
    private Logger logger;

    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: log-injection
        logger.info("asked for " + input);
        // ok: log-injection
        logger.info("asked for " + input.replace('\n', ' '));
    }
}
