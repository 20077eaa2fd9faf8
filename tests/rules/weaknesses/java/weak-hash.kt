import java.security.MessageDigest

fun digest(text: String): ByteArray {
    // ok: weak-hash
    MessageDigest.getInstance("SHA-256").digest(text.toByteArray())
    // ruleid: weak-hash
    return MessageDigest.getInstance("MD5").digest(text.toByteArray())
}
