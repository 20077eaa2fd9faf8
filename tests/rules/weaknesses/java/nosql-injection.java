import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.springframework.data.mongodb.core.query.*;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: nosql-injection
        new BasicQuery("{ name: '" + input + "' }");
        // ok: nosql-injection
        Query query = new Query(Criteria.where("name").is(input));
    }
}
