from masonite.routes import Route

from app.controllers.DepotController import DepotController

ROUTES = [
    Route.get("/", "DepotController@home"),
    Route.get("/depots/@depot:integer", DepotController.show),
    Route.group(
        [
            Route.post("/", "DepotController@stored"),
            Route.match(["put", "patch"], "/@depot", "DepotController@show").middleware("throttle:api"),
        ],
        prefix="/admin/depots",
        middleware=["auth"],
    ),
    *Route.api("api/orders", "OrderController"),
    Route.redirect("/old", "/"),
]
