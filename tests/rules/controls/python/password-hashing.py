import bcrypt

def store(password):
    # ruleid: password-hashing
    bcrypt.hashpw(password, bcrypt.gensalt())
    # ok: password-hashing
    hash(password)
