import cherrypy


@cherrypy.expose
class Depot:
    def GET(self, depot):
        return depot

    def POST(self, depot, name=""):
        return name

    def helper(self):
        return None


@cherrypy.popargs("order")
class Orders:
    @cherrypy.expose
    def index(self, order, page=1):
        return f"{order} {page}"

    @cherrypy.expose
    @cherrypy.tools.allow(methods=["POST"])
    def cancel(self, order):
        return order

    def private(self):
        return None


class Root:
    orders = Orders()

    def __init__(self):
        self.depots = Depot()

    @cherrypy.expose
    def index(self):
        return "hello"

    @cherrypy.expose("about-us")
    @cherrypy.tools.auth_basic(realm="desk")
    def about(self):
        return "us"

    @cherrypy.expose
    def default(self, *path):
        return path


class Hooks:
    def show(self, hook):
        return hook


dispatcher = cherrypy.dispatch.RoutesDispatcher()
dispatcher.connect("hook", "/hooks/{hook}", controller=Hooks(), action="show", conditions={"method": ["GET"]})
cherrypy.tree.mount(Root(), "/app")
