import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import com.amazonaws.services.s3.AmazonS3;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        AmazonS3 files = open();
        // ruleid: object-storage
        files.putObject("bucket", "key", input);
        // ok: object-storage
        other.putObject("bucket", "key", input);
    }
}
