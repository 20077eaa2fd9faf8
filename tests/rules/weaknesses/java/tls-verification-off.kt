import javax.net.ssl.HostnameVerifier
import javax.net.ssl.X509TrustManager
import okhttp3.OkHttpClient
import org.apache.http.conn.ssl.NoopHostnameVerifier

fun client(): OkHttpClient {
    // ok: tls-verification-off
    OkHttpClient.Builder().followRedirects(false)
    // ruleid: tls-verification-off
    OkHttpClient.Builder().hostnameVerifier(NoopHostnameVerifier.INSTANCE)
    // ruleid: tls-verification-off
    OkHttpClient.Builder().hostnameVerifier { _, _ -> true }
    // ok: tls-verification-off
    OkHttpClient.Builder().hostnameVerifier { name, session -> session.peerHost == name }
    return OkHttpClient()
}
