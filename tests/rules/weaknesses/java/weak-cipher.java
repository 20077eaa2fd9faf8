import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.crypto.Cipher;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: weak-cipher
        Cipher.getInstance("DES/CBC/PKCS5Padding");
        // ruleid: weak-cipher
        Cipher.getInstance("AES/ECB/PKCS5Padding");
        // ok: weak-cipher
        Cipher.getInstance("AES/GCM/NoPadding");
    }
}
