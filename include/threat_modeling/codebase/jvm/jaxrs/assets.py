"""Folders of files that Dropwizard serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.jvm.classes import modules_of, places, simple
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.syntax import Call, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.routes import Reading


def bundles(reading: Reading) -> Iterator[tuple[str, str, Call]]:
    """(path, file, call) of each `new AssetsBundle(folder, path, ...)`; without a path it is the folder's, "/assets" by default."""
    for module in modules_of(reading.project, ("AssetsBundle",)):
        base = reading.settings.first(module.path, "server.applicationContextPath")
        for place in places(module):
            for node in walk(place.node.body):
                if isinstance(node, Call) and simple(node.callee) == "AssetsBundle":
                    texts = [reading.constants.text(place, argument) for argument in node.arguments[:2]] or ["/assets"]
                    yield joined(base, texts[-1] or "/assets", "*"), module.path, node
