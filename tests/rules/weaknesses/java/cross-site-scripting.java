import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import org.springframework.web.util.HtmlUtils;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        PrintWriter out = response.getWriter();
        // ruleid: cross-site-scripting
        out.println("<p>" + input + "</p>");
        // ruleid: cross-site-scripting
        response.getWriter().format("<p>%s</p>", input);
        // ok: cross-site-scripting
        out.println("<p>" + HtmlUtils.htmlEscape(input) + "</p>");
        // ok: cross-site-scripting
        System.out.println(input);
    }
}
