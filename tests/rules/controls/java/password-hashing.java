import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.mindrot.jbcrypt.BCrypt;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: password-hashing
        BCrypt.hashpw(input, BCrypt.gensalt());
        // ok: password-hashing
        other.hashpw(input);
    }
}
