from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlparse


class Desk(BaseHTTPRequestHandler):
    def do_GET(self):
        parsed = urlparse(self.path)
        if parsed.path == "/books":
            self.reply([])
        elif parsed.path in ("/health", "/status"):
            self.reply("up")
        elif self.path.startswith("/books/"):
            self.reply({})
        else:
            self.send_error(404)

    def do_POST(self):
        table = {"/lend": self.lend, "/return": self.back}
        table.get(self.path, self.missing)()

    def do_DELETE(self):
        self.reply(None)

    def reply(self, found):
        self.wfile.write(str(found).encode())


HTTPServer(("127.0.0.1", 8000), Desk).serve_forever()
