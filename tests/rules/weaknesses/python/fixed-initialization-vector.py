import os
from Crypto.Cipher import AES

def encrypt(key):
    # ruleid: fixed-initialization-vector
    AES.new(key, AES.MODE_CBC, "0000000000000000")
    # ok: fixed-initialization-vector
    AES.new(key, AES.MODE_CBC, os.urandom(16))
