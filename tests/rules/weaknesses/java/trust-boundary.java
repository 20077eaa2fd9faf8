import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        HttpSession session = request.getSession();
        // ruleid: trust-boundary
        session.setAttribute("name", input);
        // ruleid: trust-boundary
        request.getSession().putValue(input, "1");
        // ok: trust-boundary
        session.setAttribute("name", "constant");
    }
}
