import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.http.conn.ssl.*;

class Sample {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception {
        String input = request.getParameter("input");
        // ruleid: tls-verification-off
        client.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        // ok: tls-verification-off
        client.setSSLHostnameVerifier(new DefaultHostnameVerifier());
    }
}
