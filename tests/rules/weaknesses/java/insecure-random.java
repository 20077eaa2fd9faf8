import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Random;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: insecure-random
        int code = new Random().nextInt(9999);
        // ruleid: insecure-random
        double part = Math.random();
        // ok: insecure-random
        int better = new SecureRandom().nextInt(9999);
    }
}
