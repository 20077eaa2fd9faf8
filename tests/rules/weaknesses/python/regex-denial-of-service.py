import re
from flask import request

# ruleid: regex-denial-of-service
PATTERN = re.compile(r"^(\w+)+$")
# ok: regex-denial-of-service
OTHER = re.compile(r"^\w+(?:\.\w+)*$")

def search(text):
    # ruleid: regex-denial-of-service
    re.search(request.args["pattern"], text)
    # ok: regex-denial-of-service
    re.search(re.escape(request.args["pattern"]), text)
