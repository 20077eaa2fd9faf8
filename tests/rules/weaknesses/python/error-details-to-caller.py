import logging
import traceback
from flask import Flask

app = Flask(__name__)

@app.route("/")
def index():
    try:
        work()
    except ValueError:
        # ok: error-details-to-caller
        logging.exception("failed")
        # ruleid: error-details-to-caller
        return traceback.format_exc()
