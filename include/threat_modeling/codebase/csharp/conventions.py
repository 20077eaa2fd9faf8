"""Conventional routes: patterns with {controller} and {action} that an application maps once for all of its controllers."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.csharp.endpoints import entries
from threat_modeling.codebase.syntax import Attribute, Call, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.csharp.scope import Code
    from threat_modeling.codebase.syntax import Module

DEFAULT: Final = "{controller=Home}/{action=Index}/{id?}"
KEYWORDS: Final = (
    "MapControllerRoute",
    "MapDefaultControllerRoute",
    "MapAreaControllerRoute",
    "MapRoute",
    "MapHttpRoute",
    "MapControllers",
    "UseMvc",
)
_AREA: Final = "{area:exists}/{controller=Home}/{action=Index}/{id?}"


@dataclass(frozen=True)
class Pattern:
    """One conventional route: `api` ones choose the action by the HTTP method."""

    template: str
    module: Module
    call: Call
    defaults: dict[str, str] = field(default_factory=dict)
    area: str = ""
    api: bool = False

    @property
    def general(self) -> bool:
        """Whether it serves any controller rather than one action."""
        return "{controller" in self.template


class Conventions:
    """The patterns of a target; a controller takes those of the application that is nearest to it."""

    def __init__(self, code: Code) -> None:
        self.maps = False
        """Whether an application maps controllers at all."""
        self._patterns: list[Pattern] = []
        for module in code.modules(KEYWORDS):
            for node in walk(module.body):
                if isinstance(node, Call) and isinstance(node.callee, Attribute):
                    self.maps = self.maps or node.callee.name in KEYWORDS
                    self._patterns += _patterns(code, module, node, node.callee.name)

    def single(self) -> Iterator[Pattern]:
        """Patterns that serve one action."""
        yield from (pattern for pattern in self._patterns if not pattern.general)

    def of(self, path: str, *, api: bool) -> list[Pattern]:
        """The general patterns for a controller in a file."""
        found = [pattern for pattern in self._patterns if pattern.general and pattern.api is api]
        nearest = max((_shared(pattern.module.path, path) for pattern in found), default=0)
        return [pattern for pattern in found if _shared(pattern.module.path, path) == nearest]


def _patterns(code: Code, module: Module, call: Call, name: str) -> Iterator[Pattern]:
    if name in {"MapDefaultControllerRoute", "UseMvcWithDefaultRoute"}:
        yield Pattern(DEFAULT, module, call)
    elif name in {"MapControllerRoute", "MapRoute", "MapHttpRoute", "MapAreaControllerRoute", "MapAreaRoute"}:
        given = [code.text(module, argument) for argument in call.arguments]
        position = 2 if name.startswith("MapArea") else 1
        keyed = next((code.text(module, node) for key in ("pattern", "template", "url", "routeTemplate") if (node := call.keyword(key))), None)
        written = keyed or (given[position] if len(given) > position else None)
        area = (code.text(module, call.keyword("areaName")) or (given[1] if len(given) > 1 else "") or "") if name.startswith("MapArea") else ""
        defaults = call.keyword("defaults") or next((argument for argument in call.arguments[position + 1 :] if entries(argument)), None)
        told = {key: text(value) or dotted(value) for key, value in entries(defaults).items()}
        if written is not None:
            yield Pattern(written, module, call, told, area, name == "MapHttpRoute")


def _shared(left: str, right: str) -> int:
    return len(posixpath.commonprefix([posixpath.dirname(left).split("/"), posixpath.dirname(right).split("/")]))
