import jwt

def read(token, key):
    # ruleid: jwt-not-verified
    jwt.decode(token, options={"verify_signature": False})
    # ok: jwt-not-verified
    jwt.decode(token, key, algorithms=["HS256"])
