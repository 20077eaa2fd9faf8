from ninja import NinjaAPI, Router, Schema
from ninja.security import django_auth

from .orders import orders


class Depot(Schema):
    name: str


api = NinjaAPI(auth=django_auth)
api.add_router("/orders/", orders)


@api.get("/health", auth=None)
def health(request, verbose: bool = False):
    return "up"


@api.put("/depots/{int:depot}")
def changed(request, depot: int, body: Depot):
    return body
