import com.auth0.jwt.algorithms.Algorithm
import javax.crypto.spec.SecretKeySpec

const val SIGNING = "c29tZS1sb25nLXZhbHVl"

fun keys() {
    // ruleid: hardcoded-key
    val key = SecretKeySpec("0123456789abcdef".toByteArray(), "AES")
    // ruleid: hardcoded-key
    val signed = Algorithm.HMAC256(SIGNING)
    // ok: hardcoded-key
    val other = Algorithm.HMAC256(System.getenv("JWT_SECRET"))
}
