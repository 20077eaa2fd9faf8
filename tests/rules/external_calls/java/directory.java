import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.naming.directory.*;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: directory
        DirContext context = new InitialDirContext(settings);
        // ok: directory
        DirContext none = other(settings);
    }
}
