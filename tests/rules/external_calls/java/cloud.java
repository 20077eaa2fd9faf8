import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: cloud
        AmazonS3ClientBuilder.standard().build();
        // ok: cloud
        Other.standard().build();
    }
}
