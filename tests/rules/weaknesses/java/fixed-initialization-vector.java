import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.crypto.spec.IvParameterSpec;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: fixed-initialization-vector
        new IvParameterSpec("0123456789abcdef".getBytes());
        // ok: fixed-initialization-vector
        new IvParameterSpec(random.generateSeed(16));
    }
}
