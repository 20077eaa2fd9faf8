import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.crypto.Cipher;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: encryption
        Cipher.getInstance("AES/GCM/NoPadding");
        // ok: encryption
        Cipher.getInstance("DES");
    }
}
