"""WebSocket servers of Node.js: ws and Socket.IO, by the function that serves a connection; messages are its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.paths import joined
from threat_modeling.codebase.javascript.values import Argument, Constant, Foreign, Frame, Record, Registration, Router, Value, site_of
from threat_modeling.codebase.javascript.verbs import Verbs, routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("socket.io", "'ws'", '"ws"')

_PLAIN: Final = frozenset({"ws.WebSocketServer", "ws.Server", "ws.WebSocket.Server"})
_SOCKET_IO: Final = frozenset({"socket.io", "socket.io.Server"})


class WebSocket(Verbs):
    """What those packages call their servers; `on("connection", ...)` is the only thing that they serve."""

    creators: ClassVar[frozenset[str]] = _PLAIN | _SOCKET_IO
    methods: ClassVar[frozenset[str]] = frozenset()
    names: ClassVar[tuple[str, ...]] = ("io", "wss")

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """A server, under the option `path` or where its package puts it."""
        if foreign.name not in self.creators or foreign.called or self.evaluation is None:
            return None
        options = [self.evaluation.value(argument, frame) for argument in call.arguments]
        paths = [option.fields["path"] for option in options if isinstance(option, Record) and "path" in option.fields]
        given = paths[0].value if paths and isinstance(paths[0], Constant) else None
        return Router(site_of(frame, call), str(given or ("/socket.io" if foreign.name in _SOCKET_IO else "/")))

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`of(namespace)` and `on("connection", serve)`."""
        first = arguments[0].value if arguments else None
        site = site_of(frame, call)
        if name == "of" and isinstance(first, Constant):
            space = Router(site)
            owner.registrations.append(Registration((), (joined("", str(first.value)),), (Argument(space, site, ""),), site, "use"))
            return space
        if name == "on" and isinstance(first, Constant) and first.value in {"connection", "connect"}:
            owner.registrations.append(Registration(("GET",), ("",), arguments[1:], site, "websocket"))
        return owner if name != "use" else None


def routes(project: Project) -> Iterator[Route]:
    """The WebSocket endpoints of a target."""
    yield from routes_of(project, WebSocket(), KEYWORDS, "websocket")
