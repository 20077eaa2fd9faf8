from flask import Flask, jsonify, make_response, request
from markupsafe import Markup, escape

app = Flask(__name__)

@app.route("/a")
def page():
    # ruleid: cross-site-scripting
    return f"<h1>{request.args['name']}</h1>"

@app.route("/b")
def escaped():
    # ok: cross-site-scripting
    return f"<h1>{escape(request.args['name'])}</h1>"

@app.route("/c")
def data():
    # ok: cross-site-scripting
    return jsonify(name=request.args["name"])

@app.route("/d")
def made():
    # ruleid: cross-site-scripting
    return make_response("<p>" + request.args["name"])


@app.route("/e")
def later():
    # ruleid: cross-site-scripting
    body = "<p>Hello %s</p>" % request.args["name"]
    return render(body)


@app.route("/f")
def plain():
    # ok: cross-site-scripting
    line = "name < %s" % request.args["name"]
    return jsonify(line=line)


class Person:
    def title(self):
        # ruleid: cross-site-scripting
        return Markup(self.name)
