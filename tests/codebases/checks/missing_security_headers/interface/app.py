from flask import Flask, jsonify

# ok: missing-security-headers
app = Flask(__name__)


@app.route("/")
def index():
    return jsonify(ok=True)
