"""Laminas (and Zend Framework): the `router` of module configurations, literal, segment, method, hostname and regex routes in a tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.paths import joined, methods_of, template, text_of
from threat_modeling.codebase.php.router import Router
from threat_modeling.codebase.syntax import Attribute, Expression, Literal, Mapping, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.php.classes import Served
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("'router'", '"router"')
MAX_DEPTH: Final = 12


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Laminas application of a target."""
    reader = _Laminas(project)
    for module in project.modules(LANGUAGES, KEYWORDS):
        if is_test(module.path):
            continue
        for node in walk(module.body):
            router = node.get("router") if isinstance(node, Mapping) else None
            table = router.get("routes") if isinstance(router, Mapping) else None
            if isinstance(table, Mapping):
                yield from reader.table(module, table, "", (), {}, MAX_DEPTH)


class _Laminas(Router):
    framework: ClassVar[str] = "laminas"

    def table(
        self, module: Module, table: Mapping, prefix: str, methods: tuple[str, ...], above: dict[str, Expression], depth: int
    ) -> Iterator[Route]:
        """One level of routes, each with what stands below it."""
        for _, entry in table.entries if depth else ():
            if not isinstance(entry, Mapping):
                continue
            options, kind = entry.get("options"), _kind(entry.get("type"))
            inner = entry.get("route")
            if kind == "Part" and isinstance(inner, Mapping):
                options, kind = inner.get("options"), _kind(inner.get("type"))
            path, own = _own(kind, options if isinstance(options, Mapping) else None)
            given = options.get("defaults") if isinstance(options, Mapping) else None
            defaults = (
                {**above, **{str(key.value): value for key, value in given.entries if isinstance(key, Literal)}}
                if isinstance(given, Mapping)
                else above
            )
            full, verbs = joined(prefix, path), own or methods
            children = entry.get("child_routes")
            ends = getattr(entry.get("may_terminate"), "value", None)
            bare = kind in {"Method", "Hostname", "Scheme"}
            if not isinstance(children, Mapping) or (ends is True and not bare):
                for method in verbs or ("ANY",):
                    yield self.route(method, template(full), module, entry, self.action(module, defaults), ())
            if isinstance(children, Mapping):
                yield from self.table(module, children, full if path else prefix, verbs, defaults, depth - 1)

    def action(self, module: Module, defaults: dict[str, Expression]) -> Served | None:
        """The method that `controller` and `action` of the defaults name."""
        controller, action = defaults.get("controller"), text_of(defaults.get("action")) or "index"
        if controller is None:
            return None
        found = self.known.written(module, controller.object if isinstance(controller, Attribute) else text_of(controller) or "")
        words = [word for word in re.split(r"[-_.]", action) if word]
        return self.known.method(found, f"{''.join([*words[:1], *(word.capitalize() for word in words[1:])])}Action", action)


def _kind(value: Expression | None) -> str:
    r"""`Segment::class`, "segment", "Zend\\Router\\Http\\Segment" as Segment."""
    name = value.object if isinstance(value, Attribute) else None
    written = getattr(name, "id", None) or getattr(name, "name", None) or text_of(value) or ""
    last = str(written).rpartition("\\")[2]
    return last[:1].upper() + last[1:]


def _own(kind: str, options: Mapping | None) -> tuple[str, tuple[str, ...]]:
    """Path and methods of one entry."""
    if options is None or kind in {"Hostname", "Scheme"}:
        return "", ()
    if kind == "Method":
        return "", methods_of(options.get("verb"))
    if kind == "Regex":
        return re.sub(r"%(\w+)%", r"{\1}", text_of(options.get("spec")) or text_of(options.get("regex")) or ""), ()
    return _segment(text_of(options.get("route")) or ""), ()


def _segment(path: str) -> str:
    """A segment's path with its optional parts: `/a[/:b]` as /a/{b}; `:a{-}` ends a name at a dash."""
    path = re.sub(r"\[|\]", "", path)
    return re.sub(r":(\w+)(?:\{[^}]*\})?", r"{\1}", path)
