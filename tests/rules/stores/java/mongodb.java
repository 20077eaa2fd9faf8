import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import com.mongodb.client.MongoClients;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: mongodb
        MongoClients.create("mongodb://db:27017");
        // ok: mongodb
        other.create("mongodb");
    }
}
