import java.security.SecureRandom
import kotlin.random.Random

class Tokens {
    fun resetToken(): String {
        // ruleid: insecure-random
        val token = Random.nextInt(100000, 999999)
        // ruleid: insecure-random
        val code = (1..6).map { Random.nextInt(10) }
        // ok: insecure-random
        val secret = SecureRandom().nextInt(1000000)
        return "$token$code$secret"
    }
}
