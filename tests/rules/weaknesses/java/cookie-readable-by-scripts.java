import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.Cookie;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        Cookie cookie = new Cookie("session", token);
        // ruleid: cookie-readable-by-scripts
        cookie.setHttpOnly(false);
        // ok: cookie-readable-by-scripts
        cookie.setHttpOnly(true);
    }
}
