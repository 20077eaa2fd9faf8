from ninja import Router

orders = Router()


@orders.api_operation(["POST", "PATCH"], "/{order}")
def changed(request, order: str):
    return order
