import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: jwt-not-verified
        JWT.decode(input);
        // ok: jwt-not-verified
        JWT.require(Algorithm.HMAC256(key)).build().verify(input);
    }
}
