import falcon
import falcon.asgi

from gates import Tokens, admin_only


class Tickets:
    def on_get(self, req, resp):
        resp.media = {"page": req.get_param("page")}

    @falcon.before(admin_only)
    def on_post(self, req, resp):
        resp.media = req.media.get("title")

    def on_get_one(self, req, resp, ticket):
        resp.media = {"ticket": ticket}


class Live:
    async def on_websocket(self, req, ws):
        await ws.accept()


def everything_else(req, resp):
    resp.status = falcon.HTTP_404


def create():
    app = falcon.App(middleware=[Tokens()])
    tickets = Tickets()
    app.add_route("/tickets", tickets)
    app.add_route("/tickets/{ticket:int}", tickets, suffix="one")
    app.add_sink(everything_else, prefix="/rest")
    app.add_static_route("/public", "/srv/public")
    return app


live = falcon.asgi.App()
live.add_route("/live", Live())
