from litestar import Controller, Litestar, Router, delete, get, post, route, websocket
from litestar.exceptions import NotAuthorizedException
from litestar.static_files import create_static_files_router
from pydantic import BaseModel


class Note(BaseModel):
    title: str


def signed_in(connection, _):
    if "authorization" not in connection.headers:
        raise NotAuthorizedException()


class Notes(Controller):
    path = "/notes"
    guards = [signed_in]

    @get()
    async def listed(self, page: int = 1) -> list[Note]:
        return []

    @post("/")
    async def created(self, data: Note) -> Note:
        return data

    @delete(["/{note:int}", "/{note:int}/drafts"])
    async def deleted(self, note: int) -> None:
        return None


@get("/health")
async def health() -> str:
    return "up"


@route("/echo", http_method=["GET", "PUT"], guards=[signed_in])
async def echo() -> str:
    return ""


@websocket("/feed")
async def feed(socket) -> None:
    await socket.accept()


@get("/spare")
async def spare() -> str:
    return "registered nowhere"


api = Router(path="/api", route_handlers=[Notes, echo])
app = Litestar([api, health, feed, create_static_files_router(path="/static", directories=["static"])])
