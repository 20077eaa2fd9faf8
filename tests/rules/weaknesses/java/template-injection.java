import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.velocity.app.Velocity;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: template-injection
        Velocity.evaluate(context, out, "page", input);
        // ok: template-injection
        Velocity.evaluate(context, out, "page", "Hello $name");
    }
}
