import hashlib
import bcrypt

def store(password, content):
    # ruleid: password-hash-too-fast
    hashlib.sha256(password)
    # ok: password-hash-too-fast
    hashlib.sha256(content)
    # ok: password-hash-too-fast
    bcrypt.hashpw(password, bcrypt.gensalt())
