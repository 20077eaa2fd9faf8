"""Caddy: paths that the directives and matchers of a Caddyfile name, with what guards them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.braces import Directive, directives
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_NAME: Final = r"(?:^|/)Caddyfile(?:\.\w+)?$|\.caddyfile$|\.caddy$"
_BLOCKS: Final = frozenset({"handle", "handle_path", "route"})
_SERVING: Final = frozenset({"reverse_proxy", "redir", "respond", "file_server", "php_fastcgi", "root", "try_files", "uri", "error", "templates"})
_GUARDS: Final = {
    **dict.fromkeys(("basic_auth", "basicauth", "forward_auth", "jwtauth", "authenticate"), ControlCategory.AUTHENTICATION),
    "authorize": ControlCategory.AUTHORIZATION,
    "rate_limit": ControlCategory.RATE_LIMITING,
}
_QUIET: Final = frozenset({"root", "try_files", "uri", "templates"})
"""They change a request and serve none."""


@dataclass(frozen=True)
class _Matcher:
    paths: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


def routes(project: Project) -> Iterator[Route]:
    """The paths that the Caddyfiles of a project serve."""
    for path, text in texts(project, ("{", "/"), (None,), _NAME):
        document = Document(project, path, "caddy")
        for block in _sites(directives(text, semicolons=False)):
            yield from _block(document, block, "", (), {})


def _sites(parsed: list[Directive]) -> Iterator[list[Directive]]:
    """The blocks of the sites of a file; a file with one site may leave out its braces. Options and snippets are no sites."""
    rest = [directive for directive in parsed if directive.name and not directive.name.startswith("(") and directive.name != "import"]
    if rest and not rest[0].block:
        yield rest[1:]
    else:
        yield from (site.block for site in rest if site.block)


def _block(document: Document, block: list[Directive], prefix: str, above: tuple[Guard, ...], matchers: dict[str, _Matcher]) -> Iterator[Route]:
    known = {**matchers, **{directive.name: _matcher(directive) for directive in block if directive.name.startswith("@")}}
    guards = (*above, *(guard for directive in block for guard in _guard(document, directive)))
    for directive in block:
        if directive.name not in _BLOCKS | _SERVING:
            continue
        matched = _matched(directive, known)
        for path in matched.paths:
            inner = [*directive.block] if directive.name in _BLOCKS else []
            own = tuple(guard for nested in inner for guard in _guard(document, nested))
            if directive.name not in _QUIET:
                for method in matched.methods or ("ANY",):
                    yield document.route(method, prefix + path, directive.line, guards=(*guards, *own))
        if directive.name in _BLOCKS:
            stripped = prefix + matched.paths[0].rstrip("*").rstrip("/") if directive.name == "handle_path" and matched.paths else prefix
            yield from _block(document, directive.block, stripped, guards, known)


def _matched(directive: Directive, known: dict[str, _Matcher]) -> _Matcher:
    """The matcher in front of a directive's other words."""
    first = directive.words[1] if len(directive.words) > 1 else ""
    if first.startswith("@"):
        return known.get(first, _Matcher())
    if not first.startswith("/"):
        return _Matcher()
    return _Matcher((first,))


def _matcher(directive: Directive) -> _Matcher:
    """`@api path /api/*`, or a block of conditions."""
    conditions = directive.block or [Directive(directive.words[1:], directive.line)]
    paths = tuple(word for condition in conditions if condition.name == "path" for word in condition.words[1:])
    paths += tuple(c.words[-1].lstrip("^").removesuffix("$") for c in conditions if c.name == "path_regexp" and len(c.words) > 1)
    methods = tuple(word for condition in conditions if condition.name == "method" for word in condition.words[1:])
    return _Matcher(paths, methods)


def _guard(document: Document, directive: Directive) -> Iterator[Guard]:
    """A guard of the whole block; one with a matcher of its own covers other paths."""
    category = _GUARDS.get(directive.name)
    if category is not None and not (len(directive.words) > 1 and directive.words[1].startswith(("/", "@"))):
        yield document.guard(directive.line, directive.name, category)
