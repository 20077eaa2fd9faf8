from functools import wraps

from aiohttp import web


def signed_in(handler):
    @wraps(handler)
    async def wrapper(request):
        if request.cookies.get("session") is None:
            raise web.HTTPUnauthorized()
        return await handler(request)

    return wrapper
