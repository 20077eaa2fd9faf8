from aiohttp import web

routes = web.RouteTableDef()


class Parcel(web.View):
    async def get(self):
        return web.json_response({"number": self.request.match_info["number"]})

    async def delete(self):
        return web.Response(status=204)


@routes.post("/reports")
async def report(request):
    return web.Response()


@routes.route("*", "/echo")
async def echo(request):
    return web.Response()
