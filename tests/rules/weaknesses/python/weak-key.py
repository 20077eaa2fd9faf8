from Crypto.PublicKey import RSA

# ruleid: weak-key
RSA.generate(1024)
# ok: weak-key
RSA.generate(4096)
