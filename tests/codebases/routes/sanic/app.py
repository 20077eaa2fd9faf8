from sanic import Blueprint, Sanic, json
from sanic.exceptions import Unauthorized
from sanic.views import HTTPMethodView

app = Sanic("depot")
orders = Blueprint("orders", url_prefix="/orders", version=1)
stock = Blueprint("stock", url_prefix="/stock")
api = Blueprint.group(orders, stock, url_prefix="/api")


@orders.on_request
async def signed_in(request):
    if "Authorization" not in request.headers:
        raise Unauthorized("sign in")


@orders.get("/")
async def listed(request):
    return json({"page": request.args.get("page")})


@orders.delete("/<order:int>", version=2)
async def deleted(request, order):
    return json({"order": order})


@stock.route("/<item>", methods=["GET", "PUT"])
async def item(request, item):
    return json({"item": item, "count": request.json["count"]})


class Depot(HTTPMethodView):
    async def get(self, request, depot):
        return json({"depot": depot})

    async def patch(self, request, depot):
        return json({"depot": depot})


@app.websocket("/feed")
async def feed(request, ws):
    await ws.send("hello")


Depot.attach(app, "/depots/<depot:int>")
app.static("/assets", "./assets")
app.static("/favicon.ico", "./favicon.ico")
app.blueprint(api)
