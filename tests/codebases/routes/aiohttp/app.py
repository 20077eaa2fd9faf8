from aiohttp import web

from access import signed_in
from views import Parcel, routes


@web.middleware
async def tokens(request, handler):
    if "Authorization" not in request.headers:
        raise web.HTTPUnauthorized()
    return await handler(request)


async def listed(request):
    page = request.query.get("page")
    return web.json_response({"page": page})


@signed_in
async def changed(request):
    body = await request.json()
    return web.json_response({"name": body["name"]})


def set_up(app):
    app.router.add_get("/depots", listed)
    resource = app.router.add_resource("/depots/{depot:\\d+}")
    resource.add_route("PUT", changed)
    app.add_routes([web.view("/parcels/{number}", Parcel), web.static("/files", "public")])


def main():
    application = web.Application()
    admin = web.Application(middlewares=[tokens])
    set_up(application)
    admin.add_routes(routes)
    application.add_subapp("/admin", admin)
    web.run_app(application)
