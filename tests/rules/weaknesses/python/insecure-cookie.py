# ruleid: insecure-cookie
SESSION_COOKIE_SECURE = False
# ok: insecure-cookie
CSRF_COOKIE_SECURE = True
