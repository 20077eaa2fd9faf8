import tempfile

def make():
    # ruleid: insecure-temp-file
    tempfile.mktemp()
    # ok: insecure-temp-file
    tempfile.mkstemp()
