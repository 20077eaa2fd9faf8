from flask import Flask, g, jsonify, request

app = Flask(__name__)


@app.before_request
def known():
    g.member = decode(request.headers["Authorization"])
    if g.member is None:
        return jsonify(error="sign in"), 401


# ok: missing-csrf-protection
@app.route("/invoices", methods=["POST"])
def add_invoice():
    db.execute("INSERT INTO invoices (member_id, total) VALUES (?, ?)", (g.member["id"], request.json["total"]))
    return "", 204
