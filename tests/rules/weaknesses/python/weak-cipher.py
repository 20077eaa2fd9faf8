from Crypto.Cipher import AES, DES

def encrypt(key, nonce):
    # ruleid: weak-cipher
    DES.new(key)
    # ruleid: weak-cipher
    AES.new(key, AES.MODE_ECB)
    # ok: weak-cipher
    AES.new(key, AES.MODE_GCM, nonce=nonce)
