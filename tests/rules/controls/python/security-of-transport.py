# ruleid: security-of-transport
SECURE_SSL_REDIRECT = True
# ok: security-of-transport
SECURE_REDIRECT_EXEMPT = []
