from flask import Flask

app = Flask(__name__)
# ruleid: debug-mode
app.config["DEBUG"] = True
# ruleid: debug-mode
app.run(debug=True)
# ok: debug-mode
app.run(debug=False)
