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

// ruleid: tls-verification-off
class Open implements X509TrustManager {
    public void checkClientTrusted(X509Certificate[] chain, String type) {}
    public void checkServerTrusted(X509Certificate[] chain, String type) {}
    public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
}

// ok: tls-verification-off
class Pinned implements X509TrustManager {
    public void checkClientTrusted(X509Certificate[] chain, String type) {}
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException { own.checkServerTrusted(chain, type); }
    public X509Certificate[] getAcceptedIssuers() { return own.getAcceptedIssuers(); }
}

class Verifiers {
    void set(HttpsURLConnection connection) {
        // ruleid: tls-verification-off
        connection.setHostnameVerifier(new HostnameVerifier() {
            public boolean verify(String name, SSLSession session) { return true; }
        });
        // ruleid: tls-verification-off
        connection.setHostnameVerifier((name, session) -> true);
        // ok: tls-verification-off
        connection.setHostnameVerifier((name, session) -> name.equals(session.getPeerHost()));
    }
}
