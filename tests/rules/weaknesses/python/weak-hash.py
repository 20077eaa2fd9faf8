import hashlib

def digest(content):
    # ruleid: weak-hash
    hashlib.md5(content)
    # ok: weak-hash
    hashlib.sha256(content)
    # ok: weak-hash
    hashlib.md5(content, usedforsecurity=False)
