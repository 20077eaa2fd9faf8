import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: authentication
        http.authorizeHttpRequests().anyRequest().authenticated();
        // ok: authentication
        http.authorizeHttpRequests().anyRequest().permitAll();
    }
}
