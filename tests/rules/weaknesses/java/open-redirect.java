import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: open-redirect
        response.sendRedirect(input);
        // ok: open-redirect
        response.sendRedirect("/items?name=" + input);
    }
}
