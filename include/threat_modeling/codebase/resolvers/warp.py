"""warp: filters joined by `and`, offered by `or`, ended by what serves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.rust.dialect import ANY, METHODS, Dialect
from threat_modeling.codebase.rust.routing import LANGUAGES, routes_of
from threat_modeling.codebase.rust.values import Branch, Foreign
from threat_modeling.codebase.syntax import Literal, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.rust.values import Invocation, Value
    from threat_modeling.codebase.syntax import Expression

KEYWORDS: Final = ("warp",)
_ENDS: Final = frozenset({"map", "and_then", "then", "untuple_one"})
_SEGMENT: Final = "/:param"


class Warp(Dialect):
    """What warp calls its routers."""

    framework: ClassVar[str] = "warp"
    crates: ClassVar[tuple[str, ...]] = ("warp",)

    def own(self, foreign: Foreign) -> str:
        """`path!(...)` has no path where it is imported by name."""
        return "path!" if foreign.names[:1] == ("path!",) else super().own(foreign)

    def create(self, name: str, invocation: Invocation) -> Value:
        """A filter: a piece of a path, an HTTP method, or anything else, which matches every path."""
        last = name.rpartition("::")[2]
        if name in {"path", "path!"} and invocation.call.arguments:
            return self.branch(invocation, _path(invocation.call.arguments))
        if name.startswith("path::"):
            return self.branch(invocation, _SEGMENT if last == "param" else "/*" if last in {"tail", "full"} and last == "tail" else "")
        if name in {"any", "path::end"}:
            return self.branch(invocation)
        if last.upper() in METHODS - {"QUERY"} and "::" not in name.removeprefix("method::"):
            return self.branch(invocation, "", (last.upper(),))
        if name.startswith("fs::"):
            folder = self.branch(invocation)
            folder.static = last == "dir"
            return folder
        return self.branch(invocation) if name.partition("::")[0] in {"query", "body", "header", "cookie", "ws", "multipart", "log", "addr"} else None

    def method(self, branch: Branch, name: str, invocation: Invocation) -> Value:
        """`and` joins two filters, `or` offers both, `map` and the like end one."""
        other = invocation.value(0)
        if name == "and":
            return self._joined(branch, other if isinstance(other, Branch) else None, invocation)
        if name == "or" and isinstance(other, Branch):
            both = self.branch(invocation)
            both.add(branch)
            both.add(other)
            return both
        if name in _ENDS and invocation.arguments and branch.handler is None and (branch.path or branch.methods):
            branch.handler = invocation.arguments[0]
            branch.methods = branch.methods or ANY
        elif name in {"with", "wrap_fn"} and invocation.arguments:
            branch.guards.append(invocation.arguments[0])
        return branch

    def _joined(self, left: Branch, right: Branch | None, invocation: Invocation) -> Branch:
        """A filter that both must match; routes in either stand below what the other one says."""
        made = self.branch(invocation, left.path, left.methods, left.handler)
        made.inner, made.guards, made.static = [*left.inner], [*left.guards], left.static
        left.placed = True
        if right is None:
            made.guards += invocation.arguments[:1]
            return made
        right.placed = True
        if right.inner or right.handler is not None:
            made.add(right)
            return made
        made.path += right.path
        made.methods = made.methods or right.methods
        made.guards += right.guards
        made.static = made.static or right.static
        return made


def _path(arguments: tuple[Expression, ...]) -> str:
    """`path("a")` and `path!("a" / u32 / "b" / ..)`."""
    parts: list[Expression] = []
    pending = list(arguments[:1])
    while pending:
        node = pending.pop()
        if isinstance(node, Operation) and node.operator == "/":
            pending += node.operands
        else:
            parts.append(node)
    return "".join(f"/{part.value}" if isinstance(part, Literal) else _SEGMENT for part in reversed(parts))


DIALECT: Final = Warp


def routes(project: Project) -> Iterator[Route]:
    """The routes of every warp application of a target."""
    yield from routes_of(project, Warp.framework)


__all__ = ["DIALECT", "KEYWORDS", "LANGUAGES", "routes"]
