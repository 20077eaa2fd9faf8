from masonite.controllers import Controller
from masonite.request import Request


class DepotController(Controller):
    def home(self):
        return "hello"

    def show(self, request: Request, depot):
        return request.header("X-Trace")

    def stored(self, request: Request):
        return request.input("name")
