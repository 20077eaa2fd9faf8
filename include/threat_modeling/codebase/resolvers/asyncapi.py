"""AsyncAPI 2 and 3: channels with who sends on them, as WebSocket paths or queues by their server's protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import EntryPointType, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("asyncapi",)
_SOCKETS: Final = frozenset({"ws", "wss", "http", "https"})


def routes(project: Project) -> Iterator[Route]:
    """The channels of all AsyncAPI documents of a project."""
    for path, root in documents(project, KEYWORDS):
        channels = root.get("channels")
        if not root.string("asyncapi") or channels is None:
            continue
        document = Document(project, path, "asyncapi")
        servers = root.get("servers")
        protocols = {server.string("protocol") for server in (servers.entries.values() if servers is not None else ())}
        kind: EntryPointType = "websocket" if protocols & _SOCKETS else "queue"
        for name, channel in channels.entries.items():
            address = channel.string("address") or name
            for method in _methods(root, name, channel):
                yield document.route(method, address, channels.keys[name], type=kind, documented_only=True)


def _methods(root: Value, name: str, channel: Value) -> Iterator[str]:
    """Version 2 states operations in the channel, version 3 beside it."""
    yield from (key.upper() for key in ("publish", "subscribe") if channel.get(key) is not None)
    operations = root.get("operations")
    for operation in operations.entries.values() if operations is not None else ():
        if operation.string("channel", "$ref").rpartition("/")[2].replace("~1", "/") == name:
            yield {"receive": "PUBLISH", "send": "SUBSCRIBE"}.get(operation.string("action"), "ANY")
