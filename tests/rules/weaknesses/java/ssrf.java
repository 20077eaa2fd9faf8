import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.net.URL;
import org.springframework.web.client.RestTemplate;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: ssrf
        new URL(input).openStream();
        // ruleid: ssrf
        new RestTemplate().getForObject(input, String.class);
        // ok: ssrf
        String host = new URL(input).getHost();
        // ok: ssrf
        new RestTemplate().getForObject("https://api.example.org/items/" + input, String.class);
    }
}
