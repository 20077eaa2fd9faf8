import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: regex-denial-of-service
        Pattern.compile(input);
        // ok: regex-denial-of-service
        Pattern.compile("[a-z]+").matcher(input);
    }
}
