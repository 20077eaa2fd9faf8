import html

def show(name):
    # ruleid: output-escaping
    html.escape(name)
    # ok: output-escaping
    html.unescape(name)
