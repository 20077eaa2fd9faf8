import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

class Sample {
    private HttpSecurity http;

    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: csrf-protection-off
        http.csrf().disable();
        // ok: csrf-protection-off
        http.csrf().csrfTokenRepository(repository);
    }
}
