import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import java.security.MessageDigest;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: weak-hash
        MessageDigest.getInstance("MD5");
        String algorithm = "SHA" + "1";
        // ruleid: weak-hash
        MessageDigest.getInstance(algorithm);
        // ok: weak-hash
        Sha512DigestUtils.shaHex(input);
        // ok: weak-hash
        MessageDigest.getInstance("SHA-256");
    }
}
