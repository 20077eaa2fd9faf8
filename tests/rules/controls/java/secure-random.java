import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Random;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: secure-random
        byte[] bytes = new SecureRandom().generateSeed(16);
        // ok: secure-random
        byte[] none = new Random().generateSeed(16);
    }
}
