from bottle import Bottle, abort, auth_basic, default_app, get, hook, post, request, route, run

api = Bottle()


def known(name, password):
    return name == "clerk" and password == request.app.config["clerk"]


@hook("before_request")
def tokens():
    if not request.get_header("X-Token"):
        abort(401)


@get("/shelves")
@get("/shelves/<shelf:int>")
def shelves(shelf=0):
    return {"shelf": shelf, "page": request.query.get("page")}


@route()
def stock(item):
    return {"item": item}


@post(["/lend", "/borrow"])
def lend():
    return {"reader": request.forms.get("reader")}


@api.route("/files/<path:path>", method=["GET", "DELETE"])
@auth_basic(known)
def file(path):
    return path


def status():
    return "up"


api.route("/status", "GET", status)
default_app().mount("/api", api)
run()
