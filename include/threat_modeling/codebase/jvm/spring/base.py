"""What stands before every path of a Spring application: context path, base path, path prefixes of configurers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.codebase.jvm.classes import modules_of, places
from threat_modeling.codebase.jvm.paths import joined
from threat_modeling.codebase.syntax import Attribute, Call, walk

if TYPE_CHECKING:
    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Reading


def base_path(reading: Reading, place: Place) -> str:
    """The base path of the application that a class belongs to, "" for none."""
    path = place.module.path
    outer = reading.settings.first(
        path, "server.servlet.context-path", "server.context-path", "server.servlet.contextPath", "spring.webflux.base-path"
    )
    inner = reading.settings.first(path, "spring.mvc.servlet.path", "server.servlet.path")
    found = joined(outer, inner) if outer or inner else ""
    return "" if found == "/" else found


def configured_prefix(reading: Reading) -> str:
    """`configurer.addPathPrefix("/api", ...)`, "" where there is none."""
    for module in modules_of(reading.project, ("addPathPrefix",)):
        for place in places(module):
            for node in walk(place.node.body):
                if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name == "addPathPrefix" and node.arguments:
                    return reading.constants.text(place, node.arguments[0]) or ""
    return ""
