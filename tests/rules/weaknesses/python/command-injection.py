import os
import shlex
import subprocess
from flask import request

def ping():
    host = request.form["host"]
    # ruleid: command-injection
    os.system("ping -c 1 " + host)
    # ruleid: command-injection
    subprocess.run("ping {}".format(host), shell=True)
    # ok: command-injection
    subprocess.run(["ping", "-c", "1", host])
    # ok: command-injection
    os.system("ping -c 1 " + shlex.quote(host))
