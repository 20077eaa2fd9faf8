import requests

def fetch():
    # ruleid: tls-verification-off
    requests.get("https://example.org", verify=False)
    # ok: tls-verification-off
    requests.get("https://example.org", verify="/etc/ssl/own.pem")
