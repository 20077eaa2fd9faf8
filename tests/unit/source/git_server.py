"""Git over http on 127.0.0.1: git's own http-backend behind a server that can be told to misbehave."""

import base64
import os
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.requests.append((self.path, self.headers.get("Authorization")))
        self.server.behavior(self)

    do_POST = do_GET  # noqa: N815 - the base class calls it so


class GitServer(ThreadingHTTPServer):
    """Serves the repositories of a folder; `behavior` is called with each request. `requests` are (path, Authorization)."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder, self.requests, self.behavior = folder, [], serve

    @property
    def host(self):
        """Address and port."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def url(self):
        """Of the folder."""
        return f"http://{self.host}"


def serve(request):
    """As git does."""
    path, _, query = request.path.partition("?")
    body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "uploadpack.allowAnySHA1InWant",
        "GIT_CONFIG_VALUE_0": "true",
        "GIT_CONFIG_KEY_1": "safe.directory",
        "GIT_CONFIG_VALUE_1": "*",
        "GIT_PROJECT_ROOT": str(request.server.folder),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REQUEST_METHOD": request.command,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
    }
    answer = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=True).stdout
    head, _, content = answer.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    request.send_response(int(headers.pop("Status", "200").split()[0]))
    for name, value in headers.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(content)


def behind_password(login, password):
    """Ask for that login first."""
    expected = "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()

    def behave(request):
        if request.headers.get("Authorization") == expected:
            serve(request)
            return
        request.send_response(401)
        request.send_header("WWW-Authenticate", 'Basic realm="code"')
        request.send_header("Content-Length", "0")
        request.end_headers()

    return behave


def redirecting(to):
    """Send everyone elsewhere."""

    def behave(request):
        request.send_response(302)
        request.send_header("Location", to + request.path)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return behave


def dripping(request):
    """Answer for ever, a byte at a time."""
    request.send_response(200)
    request.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"0")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def flooding(request):
    """Name references without end, as fast as they are taken."""
    request.send_response(200)
    request.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
    request.end_headers()
    first = b"001e# service=git-upload-pack\n0000"
    try:
        for number in range(10**9):
            line = b"%040x refs/heads/%0900d%s\n" % (number + 1, number, b"\0multi_ack" if number == 0 else b"")
            request.wfile.write(first + b"%04x" % (len(line) + 4) + line)
            first = b""
    except OSError:
        return


def saying(status, text):
    """Answer with a text of the server's."""

    def behave(request):
        request.send_response(status)
        request.send_header("Content-Type", "text/plain")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    return behave


@contextmanager
def git_server(folder):
    """A server that has ended when the context is left."""
    server = GitServer(folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
