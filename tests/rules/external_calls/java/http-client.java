import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.springframework.web.client.RestTemplate;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: http-client
        new RestTemplate().getForObject("https://api.example.org/items", String.class);
        // ok: http-client
        other.getForObject("items", String.class);
    }
}
