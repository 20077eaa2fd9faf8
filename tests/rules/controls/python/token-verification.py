import jwt

def read(token, key):
    # ruleid: token-verification
    jwt.decode(token, key, algorithms=["HS256"])
    # ok: token-verification
    jwt.decode(token, options={"verify_signature": False})
