from flask import Flask, request

app = Flask(__name__)
notes = []


# ok: missing-authentication
@app.route("/notes", methods=["POST"])
def add_note():
    notes.append(request.form["text"])
    return "", 204
