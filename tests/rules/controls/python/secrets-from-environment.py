import os

# ruleid: secrets-from-environment
SECRET_KEY = os.environ["SECRET_KEY"]
# ok: secrets-from-environment
LANGUAGE = os.environ["LANGUAGE"]
