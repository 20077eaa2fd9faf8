import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.apache.commons.io.FilenameUtils;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: path-traversal
        new FileInputStream(new File("/srv/files/" + input));
        // ruleid: path-traversal
        Files.newInputStream(Paths.get("/srv/files", input));
        // ok: path-traversal
        new FileInputStream(new File("/srv/files/", FilenameUtils.getName(input)));
        Map<String, String> names = new HashMap<>();
        names.put("safe", "report.txt");
        names.put("given", input);
        // ok: path-traversal
        new File("/srv/files/" + names.get("safe"));
        switch ("ABC".charAt(1)) {
            case 'A': input = request.getParameter("other"); break;
            case 'B': input = "report.txt"; break;
            default: input = request.getParameter("more");
        }
        // ok: path-traversal
        new File("/srv/files/" + input);
    }
}
