from cornice import Service

orders = Service("orders", "/orders/{order}")


def includeme(config):
    config.add_route("echo", "/echo")
    config.add_view(echo, route_name="echo", request_method="POST")


def echo(request):
    return request.json_body["word"]


@orders.get(permission="read")
def order(request):
    return {}
