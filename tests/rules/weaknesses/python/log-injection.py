import logging
from flask import request

def note():
    # ruleid: log-injection
    logging.info("visited by " + request.args["name"])
    # ok: log-injection
    logging.info("visited by %s" % request.args["name"].replace("\n", " "))
