from pyramid.config import Configurator
from pyramid.view import view_config, view_defaults


def main(global_config, **settings):
    config = Configurator(settings=settings)
    config.add_route("home", "/")
    config.add_route("depot", "/depots/{depot:\\d+}")
    config.add_route("files", "/files/*subpath", request_method="GET")
    config.include("api", route_prefix="/api")
    config.add_static_view("static", "app:static")
    config.scan()
    return config.make_wsgi_app()


@view_config(route_name="home", renderer="json")
def home(request):
    return {}


@view_defaults(route_name="depot", permission="read")
class Depot:
    def __init__(self, request):
        self.request = request

    @view_config(request_method="GET")
    def shown(self):
        return {"page": self.request.params["page"]}

    @view_config(request_method=("PUT", "PATCH"), permission="write")
    def changed(self):
        return {}
