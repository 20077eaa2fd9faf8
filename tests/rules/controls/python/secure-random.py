import random
import secrets

# ruleid: secure-random
token = secrets.token_hex()
# ok: secure-random
number = random.random()
