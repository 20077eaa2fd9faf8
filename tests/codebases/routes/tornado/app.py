import tornado.web
from tornado.web import StaticFileHandler, URLSpec
from tornado.websocket import WebSocketHandler


class Base(tornado.web.RequestHandler):
    def prepare(self):
        if not self.get_secure_cookie("user"):
            raise tornado.web.HTTPError(401)


class Depot(Base):
    def get(self, depot):
        self.write({"depot": depot, "page": self.get_query_argument("page")})

    def put(self, depot):
        self.write({"name": self.get_body_argument("name")})

    def query(self, filters):
        return filters


class Public(tornado.web.RequestHandler):
    async def get(self):
        self.write("up")

    @tornado.web.authenticated
    async def post(self):
        self.write("done")


class Feed(WebSocketHandler):
    def open(self, room):
        self.write_message(room)


COLORS = [("/red", "red"), ("/blue", 3)]


def tables():
    return [
        (r"/depots/(\d+)/?", Depot),
        URLSpec(r"/status", Public, name="status"),
        (r"/files/(.*)", StaticFileHandler, {"path": "files"}),
    ]


app = tornado.web.Application(tables())
app.add_handlers(r"feeds\.example", [(r"^/feed/(?P<room>\w+)$", Feed)])
