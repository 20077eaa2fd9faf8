from flask import Flask

app = Flask(__name__)


@app.route("/only-in-a-test")
def page():
    return ""
