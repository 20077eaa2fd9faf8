import os
from flask import Flask, request

app = Flask(__name__)

@app.route("/run/<name>")
def run(name):
    # ruleid: flask
    os.system("run " + name)
    # ruleid: flask
    os.system("run " + request.headers["X-Name"])
    # ok: flask
    os.system("run " + app.name)

@app.route("/run/<int:number>")
def numbered(number):
    # ok: flask
    os.system("run " + number)
