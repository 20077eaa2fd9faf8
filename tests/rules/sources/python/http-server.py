from http.server import BaseHTTPRequestHandler


def shown(handler):
    name = handler.params["name"]
    # ruleid: http-server
    return "<p>Hello " + name + "</p>"


def keyed(request):
    # ruleid: http-server
    return open("/srv/keys/" + request.headers["X-Key"])


def fixed(handler):
    # ok: http-server
    return open("/srv/keys/" + handler.folder)
