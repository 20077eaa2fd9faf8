import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: csrf-protection
        http.csrf().csrfTokenRepository(new CookieCsrfTokenRepository());
        // ok: csrf-protection
        http.csrf().disable();
    }
}
