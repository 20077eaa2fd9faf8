import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import com.auth0.jwt.algorithms.Algorithm;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: hardcoded-key
        Algorithm.HMAC256("k3yk3yk3y");
        // ruleid: hardcoded-key
        builder.signWith(SignatureAlgorithm.HS256, "k3yk3yk3y");
        // ok: hardcoded-key
        Algorithm.HMAC256(System.getenv("SIGNING_KEY"));
    }
}
