import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: cors-any-origin
        registry.addMapping("/**").allowedOrigins("*");
        // ruleid: cors-any-origin
        response.setHeader("Access-Control-Allow-Origin", "*");
        // ok: cors-any-origin
        registry.addMapping("/**").allowedOrigins("https://shop.example.org");
    }
}
