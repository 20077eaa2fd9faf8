from starlette.applications import Starlette
from starlette.endpoints import WebSocketEndpoint
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles


async def home(request):
    return PlainTextResponse(request.query_params["page"])


class Feed(WebSocketEndpoint):
    async def on_receive(self, websocket, data):
        await websocket.send_text(data)


admin = Router([Route("/users", home, methods=["DELETE"])])
app = Starlette(
    debug=False,
    routes=[
        Route("/", home),
        WebSocketRoute("/feed", Feed),
        Mount("/admin", app=admin),
        Mount("/files", app=StaticFiles(directory="files")),
    ],
)
app.mount("/public", StaticFiles(directory="public"))
