"""Kong: routes of declarative configurations and of its Kubernetes resources, with the plugins that guard them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents, strings
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("_format_version", "konghq.com")
_PLUGINS: Final = {
    **dict.fromkeys(
        ("key-auth", "jwt", "basic-auth", "oauth2", "hmac-auth", "ldap-auth", "openid-connect", "session", "mtls-auth"),
        ControlCategory.AUTHENTICATION,
    ),
    **dict.fromkeys(("acl", "ip-restriction", "opa"), ControlCategory.AUTHORIZATION),
    **dict.fromkeys(("rate-limiting", "rate-limiting-advanced", "response-ratelimiting"), ControlCategory.RATE_LIMITING),
    **dict.fromkeys(("request-validator", "request-size-limiting", "injection-protection"), ControlCategory.INPUT_VALIDATION),
    "cors": ControlCategory.CORS_CSP,
}


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Kong configurations of a project."""
    for path, root in documents(project, KEYWORDS):
        document = Document(project, path, "kong")
        if root.get("_format_version") is not None:
            yield from _declared(document, root)
        elif root.string("kind") == "KongRoute" and root.get("spec") is not None:
            yield from _route(document, root.get("spec"), ())


def _declared(document: Document, root: Value) -> Iterator[Route]:
    everywhere = tuple(_plugins(document, root, whole=True))
    for service in _listed(root, "services"):
        guards = (*everywhere, *_plugins(document, service))
        for route in _listed(service, "routes"):
            yield from _route(document, route, guards)
    for route in _listed(root, "routes"):
        yield from _route(document, route, everywhere)


def _route(document: Document, route: Value | None, above: tuple[Guard, ...]) -> Iterator[Route]:
    if route is None:
        return
    guards = (*above, *_plugins(document, route))
    for written in strings(route.get("paths")):
        for method in strings(route.get("methods")) or ["ANY"]:
            yield document.route(method, written.removeprefix("~").removeprefix("^").removesuffix("$"), route, guards=guards)


def _plugins(document: Document, holder: Value, *, whole: bool = False) -> Iterator[Guard]:
    for plugin in _listed(holder, "plugins"):
        name = plugin.string("name") or plugin.text or ""
        if name in _PLUGINS and plugin.string("enabled") != "false" and not (whole and (plugin.get("service") or plugin.get("route"))):
            yield document.guard(plugin, name, _PLUGINS[name], whole=whole)


def _listed(holder: Value, key: str) -> list[Value]:
    value = holder.get(key)
    return value.elements if value is not None else []
