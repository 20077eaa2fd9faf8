import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.springframework.security.crypto.password.*;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: plaintext-password
        PasswordEncoder encoder = NoOpPasswordEncoder.getInstance();
        // ok: plaintext-password
        PasswordEncoder better = new BCryptPasswordEncoder();
    }
}
