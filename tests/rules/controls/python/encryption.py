from cryptography.fernet import Fernet

def seal(key, text):
    # ruleid: encryption
    box = Fernet(key)
    # ok: encryption
    return encode(text)
