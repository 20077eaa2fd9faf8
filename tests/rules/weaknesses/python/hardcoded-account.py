from os import environ

from werkzeug.security import generate_password_hash

# ruleid: hardcoded-account
users = [("root", "Winter2019"), ("anna", "hunter22")]
# ok: hardcoded-account
pages = [("root", "index"), ("anna", "profile")]
# ok: hardcoded-account
accounts = [("Anna Bell", "anna@example.org")]
# ruleid: hardcoded-account
first = generate_password_hash("Winter2019")
# ok: hardcoded-account
other = generate_password_hash(environ["FIRST_PASSWORD"])
DATABASES = {
    "default": {
        "USER": "root",
        # ruleid: hardcoded-account
        "PASSWORD": "password",
    },
}
FIELDS = {
    # ok: hardcoded-account
    "PASSWORD": "password",
}
