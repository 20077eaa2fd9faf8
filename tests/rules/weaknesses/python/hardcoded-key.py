import os
import jwt

KEY = "not-a-good-idea"

def token(payload):
    # ruleid: hardcoded-key
    jwt.encode(payload, KEY, algorithm="HS256")
    # ok: hardcoded-key
    jwt.encode(payload, os.environ["SIGNING"], algorithm="HS256")
