import time
from flask import request

def wait():
    # ruleid: unlimited-work
    time.sleep(int(request.args["seconds"]))
    # ok: unlimited-work
    time.sleep(1)
