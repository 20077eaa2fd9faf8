import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.elasticsearch.client.RestHighLevelClient;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: search
        new RestHighLevelClient(builder);
        // ok: search
        new Other(builder);
    }
}
