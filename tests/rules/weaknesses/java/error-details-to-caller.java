import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        try {
            work();
        } catch (Exception e) {
            // ruleid: error-details-to-caller
            e.printStackTrace(response.getWriter());
            // ok: error-details-to-caller
            e.printStackTrace();
        }
    }
}
