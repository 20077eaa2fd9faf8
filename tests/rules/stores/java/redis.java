import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import redis.clients.jedis.Jedis;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: redis
        Jedis cache = new Jedis("cache", 6379);
        // ok: redis
        Other none = new Other("cache", 6379);
    }
}
