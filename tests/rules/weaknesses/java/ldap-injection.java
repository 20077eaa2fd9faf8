import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.naming.directory.*;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        DirContext context = open();
        // ruleid: ldap-injection
        context.search("ou=people", "(uid=" + input + ")", new SearchControls());
        // ok: ldap-injection
        context.search("ou=people", "(uid={0})", new Object[] {input}, new SearchControls());
    }
}
