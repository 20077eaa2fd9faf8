"""Envoy: routes of virtual hosts wherever the configuration holds them, in YAML and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("virtual_hosts",)
_FORMS: Final = ("path", "prefix", "path_separated_prefix")
_FILTERS: Final = {
    "envoy.filters.http.jwt_authn": ControlCategory.AUTHENTICATION,
    "envoy.filters.http.ext_authz": ControlCategory.AUTHORIZATION,
    "envoy.filters.http.basic_auth": ControlCategory.AUTHENTICATION,
    "envoy.filters.http.oauth2": ControlCategory.AUTHENTICATION,
    "envoy.filters.http.rbac": ControlCategory.AUTHORIZATION,
    "envoy.filters.http.local_ratelimit": ControlCategory.RATE_LIMITING,
    "envoy.filters.http.ratelimit": ControlCategory.RATE_LIMITING,
    "envoy.filters.http.csrf": ControlCategory.CORS_CSP,
}
MAX_VALUES: Final = 100_000


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Envoy configurations of a project."""
    for path, root in documents(project, KEYWORDS):
        document = Document(project, path, "envoy")
        pending: list[tuple[Value, tuple[Guard, ...]]] = [(root, ())]
        for _ in range(MAX_VALUES):
            if not pending:
                break
            value, guards = pending.pop()
            guards = (*guards, *_filters(document, value))
            hosts = value.get("virtual_hosts")
            for host in hosts.elements if hosts is not None else ():
                yield from _host(document, host, guards)
            pending.extend((inner, guards) for inner in reversed([*value.entries.values(), *value.elements]) if inner is not hosts)


def _filters(document: Document, value: Value) -> Iterator[Guard]:
    """The HTTP filters of the connection manager whose routes follow."""
    filters = value.get("http_filters")
    for element in filters.elements if filters is not None else ():
        category = _FILTERS.get(element.string("name"))
        if category is not None:
            yield document.guard(element, element.string("name"), category, whole=True)


def _host(document: Document, host: Value, guards: tuple[Guard, ...]) -> Iterator[Route]:
    routes_ = host.get("routes")
    for route in routes_.elements if routes_ is not None else ():
        match = route.get("match")
        if match is None:
            continue
        path = next((match.string(form) for form in _FORMS if match.string(form)), "")
        path = path or match.string("safe_regex", "regex").lstrip("^") or match.string("path_match_policy", "typed_config", "path_template")
        if path:
            for method in _methods(match) or ["ANY"]:
                yield document.route(method, path, route, guards=guards)


def _methods(match: Value) -> list[str]:
    headers = match.get("headers")
    for header in headers.elements if headers is not None else ():
        if header.string("name") == ":method":
            matched = header.get("string_match") or header
            written = matched.string("exact_match") or matched.string("exact") or matched.string("safe_regex", "regex")
            return [method.strip("^$()") for method in written.split("|") if method]
    return []
