import os
from flask import request, send_file
from werkzeug.utils import secure_filename

def download():
    # ruleid: path-traversal
    return send_file(os.path.join("/srv/files", request.args["name"]))

def read():
    # ok: path-traversal
    return open(os.path.join("/srv/files", secure_filename(request.args["name"]))).read()

def checked():
    path = os.path.realpath("/srv/" + request.args["name"])
    if not path.startswith("/srv/"):
        return None
    # ok: path-traversal
    return open(path).read()
