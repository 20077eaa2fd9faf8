import random
import secrets

def make():
    # ruleid: insecure-random
    token = random.randint(0, 999999)
    # ok: insecure-random
    delay = random.randint(0, 10)
    # ok: insecure-random
    other_token = secrets.token_hex()
    return token, delay, other_token
