import os
import shlex
from flask import request

def run():
    name = request.args["name"]
    # ruleid: core
    os.system("run " + name)
    # ok: core
    os.system("run " + shlex.quote(name))
    # ok: core
    os.system("run " + str(int(name)))
    if name.isdigit():
        # ok: core
        os.system("run " + name)
    else:
        # ruleid: core
        os.system("run " + name)

def serialized(request, serializer):
    checked = serializer(data=request.data)
    if checked.is_valid():
        # ruleid: core
        os.system("run " + request.data["name"])
