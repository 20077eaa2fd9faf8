import os

# ruleid: hardcoded-secret
PASSWORD = "h4rd-to-guess"
# ok: hardcoded-secret
OTHER_PASSWORD = os.environ["OTHER_PASSWORD"]
# ok: hardcoded-secret
password_field = "password"
