import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.io.File;
import java.util.UUID;
import org.springframework.web.multipart.MultipartFile;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        MultipartFile file = upload(request);
        // ruleid: unrestricted-upload
        file.transferTo(new File("/srv/files/" + input));
        // ok: unrestricted-upload
        file.transferTo(new File("/srv/files/" + UUID.randomUUID()));
    }
}
