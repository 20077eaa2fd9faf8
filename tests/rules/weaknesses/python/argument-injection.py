import re
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args["host"]
    # ruleid: argument-injection
    return subprocess.check_output(["ping", "-c", "1", host])


@app.route("/count")
def count():
    number = int(request.args["number"])
    # ok: argument-injection
    return subprocess.check_output(["seq", str(number)])


@app.route("/strict")
def strict():
    host = request.args["host"]
    if re.fullmatch(r"[a-z.]+", host):
        # ok: argument-injection
        return subprocess.check_output(["ping", "-c", "1", host])
    return ""
