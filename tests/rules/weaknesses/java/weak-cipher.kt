import javax.crypto.Cipher

fun ciphers(name: String) {
    // ruleid: weak-cipher
    val old = Cipher.getInstance("DES/CBC/PKCS5Padding")
    // ruleid: weak-cipher
    val plain = Cipher.getInstance("AES")
    // ok: weak-cipher
    val good = Cipher.getInstance("AES/GCM/NoPadding")
}
