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

fun managers(own: X509TrustManager) {
    // ruleid: tls-verification-off
    val open = object : X509TrustManager {
        override fun checkClientTrusted(chain: Array<X509Certificate>, type: String) {}
        override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) {}
        override fun getAcceptedIssuers(): Array<X509Certificate> = arrayOf()
    }
    // ok: tls-verification-off
    val pinned = object : X509TrustManager {
        override fun checkClientTrusted(chain: Array<X509Certificate>, type: String) {}
        override fun checkServerTrusted(chain: Array<X509Certificate>, type: String) {
            own.checkServerTrusted(chain, type)
        }
        override fun getAcceptedIssuers(): Array<X509Certificate> = own.acceptedIssuers
    }
}
