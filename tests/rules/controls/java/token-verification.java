import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import io.jsonwebtoken.Jwts;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: token-verification
        Jwts.parser().setSigningKey(key).parseClaimsJws(input);
        // ok: token-verification
        Jwts.builder().setSubject(input);
    }
}
