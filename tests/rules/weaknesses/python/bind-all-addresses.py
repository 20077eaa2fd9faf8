from flask import Flask

app = Flask(__name__)
# ruleid: bind-all-addresses
app.run(host="0.0.0.0")
# ok: bind-all-addresses
app.run(host="127.0.0.1")
