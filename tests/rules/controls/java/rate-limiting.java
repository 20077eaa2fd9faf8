import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import com.google.common.util.concurrent.RateLimiter;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: rate-limiting
        RateLimiter.create(5);
        // ok: rate-limiting
        Timer.create(5);
    }
}
