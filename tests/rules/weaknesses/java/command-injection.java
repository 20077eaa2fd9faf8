import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.util.*;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        Runtime runtime = Runtime.getRuntime();
        // ruleid: command-injection
        runtime.exec("sh -c ls " + input);
        List<String> arguments = new ArrayList<>();
        arguments.add("sh");
        arguments.add(input);
        // ruleid: command-injection
        new ProcessBuilder(arguments).start();
        List<String> fixed = new ArrayList<>();
        fixed.add(input);
        fixed.add("ls");
        fixed.remove(0);
        // ok: command-injection
        new ProcessBuilder(fixed).start();
        String chosen = 7 * 6 > 40 ? "ls" : input;
        // ok: command-injection
        runtime.exec(chosen);
    }
}
