import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.xml.xpath.*;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        XPath paths = XPathFactory.newInstance().newXPath();
        // ruleid: xpath-injection
        paths.evaluate("//user[@name='" + input + "']", document);
        // ok: xpath-injection
        paths.evaluate("//user[@name=$name]", document);
    }
}
