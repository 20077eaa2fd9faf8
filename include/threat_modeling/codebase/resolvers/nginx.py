"""nginx: locations of its servers, with authentication, access lists and limits in the order of their blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.braces import Directive, directives
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("location",)
_NAME: Final = r"\.conf(?:\.template|\.j2|\.tmpl)?$|nginx[^/]*$|(?:^|/)sites-(?:available|enabled)/"
_GUARDS: Final = {
    **dict.fromkeys(("auth_basic", "auth_request", "auth_jwt", "ssl_verify_client"), ControlCategory.AUTHENTICATION),
    "deny": ControlCategory.AUTHORIZATION,
    **dict.fromkeys(("limit_req", "limit_conn"), ControlCategory.RATE_LIMITING),
}
_MODIFIERS: Final = frozenset({"=", "~", "~*", "^~"})


def routes(project: Project) -> Iterator[Route]:
    """The locations of all nginx configurations of a project."""
    for path, text in texts(project, KEYWORDS, ("configuration", "template", None), _NAME):
        document = Document(project, path, "nginx")
        yield from _block(document, directives(text, semicolons=True), ())


def _block(document: Document, block: list[Directive], above: tuple[Guard, ...]) -> Iterator[Route]:
    guards = (*above, *(guard for directive in block for guard in _guard(document, directive)))
    for directive in block:
        if directive.name == "location" and directive.block:
            yield from _location(document, directive, guards)
        elif directive.name in {"http", "server"}:
            yield from _block(document, directive.block, guards)


def _location(document: Document, directive: Directive, above: tuple[Guard, ...]) -> Iterator[Route]:
    words = [word for word in directive.words[1:] if word not in _MODIFIERS]
    path = words[0].lstrip("^").removesuffix("$") if words else ""
    own = [guard for inner in directive.block for guard in _guard(document, inner)]
    off = {inner.name for inner in directive.block if inner.words[1:2] == ["off"]}
    guards = (*(guard for guard in above if guard.name not in off), *own)
    internal = any(inner.name == "internal" for inner in directive.block)
    if path.startswith("/") and not internal:
        yield document.route("ANY", path, directive.line, guards=guards)
    yield from _block(document, [inner for inner in directive.block if inner.name == "location"], guards)


def _guard(document: Document, directive: Directive) -> Iterator[Guard]:
    category = _GUARDS.get(directive.name)
    if category is not None and directive.words[1:2] not in (["off"], ["optional"]):
        yield document.guard(directive.line, directive.name, category)
