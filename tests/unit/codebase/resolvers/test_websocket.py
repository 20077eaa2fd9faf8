"""WebSocket endpoints of Node.js."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.project import Project
from threat_modeling.codebase.resolvers import websocket

if TYPE_CHECKING:
    from pathlib import Path

    from threat_modeling.codebase.observations import Route


def found(root: Path, code: str) -> dict[str, Route]:
    (root / "app.js").write_text(code)
    return {route.path: route for route in websocket.routes(Project(root))}


def test_namespaces_and_messages_of_socket_io(tmp_path: Path):
    routes = found(
        tmp_path,
        """
const { Server } = require('socket.io')
const jwt = require('jsonwebtoken')
const io = new Server(server, { cors: {} })
io.on('connection', (socket) => { socket.on('say', (text) => io.emit('said', text)); socket.on('disconnect', () => {}) })
const admin = io.of('/admin')
admin.use((socket, next) => {
  try { jwt.verify(socket.handshake.auth.token, KEY); next() } catch (error) { next(new Error('unauthorized')) }
})
admin.on('connection', function watch (socket) { socket.on('kick', () => {}) })
""",
    )
    assert {path: [p.name for p in route.parameters] for path, route in routes.items()} == {"/socket.io": ["say"], "/socket.io/admin": ["kick"]}
    assert all(route.type == "websocket" for route in routes.values())
    assert [g.category.value for g in routes["/socket.io/admin"].guards] == ["authentication"]
    assert routes["/socket.io"].guards == ()


def test_a_plain_server_is_served_at_its_path(tmp_path: Path):
    routes = found(
        tmp_path,
        """
import { WebSocketServer } from 'ws'
const wss = new WebSocketServer({ server, path: '/live' })
wss.on('connection', (socket, request) => { socket.on('message', (text) => socket.send(text)) })
""",
    )
    assert {path: [p.name for p in route.parameters] for path, route in routes.items()} == {"/live": ["message"]}
