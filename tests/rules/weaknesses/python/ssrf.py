import requests
from flask import request

def fetch():
    # ruleid: ssrf
    return requests.get(request.args["url"]).text

def fetch_from_one_host():
    # ok: ssrf
    return requests.get("https://api.example.org/items/" + request.args["id"]).text
