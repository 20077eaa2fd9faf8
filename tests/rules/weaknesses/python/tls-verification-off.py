import ssl

import requests

def fetch():
    # ruleid: tls-verification-off
    requests.get("https://example.org", verify=False)
    # ok: tls-verification-off
    requests.get("https://example.org", verify="/etc/ssl/own.pem")


def context(verify: bool = True, pinned: bool = False) -> ssl.SSLContext:
    made = ssl.create_default_context()
    if verify is True:
        made.load_default_certs()
    elif verify is False:
        # ok: tls-verification-off
        made.check_hostname = False
        # ok: tls-verification-off
        made.verify_mode = ssl.CERT_NONE
    if not pinned:
        # ruleid: tls-verification-off
        made.verify_mode = ssl.CERT_NONE
    return made
