import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.util.List;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        Runtime runtime = Runtime.getRuntime();
        // ruleid: core
        runtime.exec("sh " + input);
        // ok: core
        runtime.exec("kill " + Integer.parseInt(input));
        if (!List.of("a", "b").contains(input)) {
            return;
        }
        // ok: core
        runtime.exec("sh " + input);
    }
}
