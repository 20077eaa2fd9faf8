"""Kubernetes: paths of Ingress, of the Gateway API and of Traefik's routes, with what their annotations and filters ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.stated import Document, documents
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.documents import Value
    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("Ingress", "HTTPRoute", "GRPCRoute", "HTTPProxy")
_ANNOTATIONS: Final = (
    (re.compile(r"/auth-(?:url|type|secret|tls-secret)$|/router\.middlewares$"), ControlCategory.AUTHENTICATION),
    (re.compile(r"/whitelist-source-range$|/allowlist-source-range$"), ControlCategory.AUTHORIZATION),
    (re.compile(r"/limit-(?:rps|rpm|connections)$"), ControlCategory.RATE_LIMITING),
    (re.compile(r"/enable-cors$"), ControlCategory.CORS_CSP),
)
_RULE: Final = re.compile(r"\bPath(?:Prefix|Regexp)?\(\s*([^()]*)\)")
_METHOD: Final = re.compile(r"\bMethod\(\s*([^()]*)\)")
_QUOTED: Final = re.compile(r"[`\"']([^`\"']+)[`\"']")


def routes(project: Project) -> Iterator[Route]:
    """The paths that the manifests of a project expose."""
    for path, root in documents(project, KEYWORDS):
        for manifest in (root, *_items(root)):
            document = Document(project, path, "kubernetes")
            kind = manifest.string("kind")
            if kind == "Ingress":
                yield from _ingress(document, manifest)
            elif kind in {"HTTPRoute", "GRPCRoute"}:
                yield from _gateway(document, manifest, kind)
            elif kind == "IngressRoute":
                yield from _traefik(document, manifest)


def _items(root: Value) -> list[Value]:
    """The manifests of a `List`."""
    items = root.get("items")
    return items.elements if items is not None else []


def _ingress(document: Document, manifest: Value) -> Iterator[Route]:
    guards = [*_annotated(document, manifest)]
    for rule in _listed(manifest.get("spec", "rules")):
        for path in _listed(rule.get("http", "paths")):
            written = path.string("path") or "/"
            yield document.route("ANY", _plain(written), path, guards=guards)


def _annotated(document: Document, manifest: Value) -> Iterator[Guard]:
    annotations = manifest.get("metadata", "annotations")
    for name, value in annotations.entries.items() if annotations is not None else ():
        for pattern, category in _ANNOTATIONS:
            if pattern.search(name) and value.text and (value.text.lower() != "false"):
                yield document.guard(value, name, category)


def _gateway(document: Document, manifest: Value, kind: str) -> Iterator[Route]:
    for rule in _listed(manifest.get("spec", "rules")):
        for match in _listed(rule.get("matches")):
            method = match.get("method")
            if kind == "GRPCRoute" and method is not None:
                path = f"/{method.string('service') or '{service}'}/{method.string('method') or '{method}'}"
                yield document.route("POST", path, match, type="grpc")
            elif kind == "HTTPRoute":
                yield document.route(match.string("method") or "ANY", _plain(match.string("path", "value") or "/"), match)


def _traefik(document: Document, manifest: Value) -> Iterator[Route]:
    r"""``match: Host(`a`) && PathPrefix(`/api`) && Method(`GET`)``."""
    for route in _listed(manifest.get("spec", "routes")):
        rule = route.string("match")
        paths = [path for found in _RULE.findall(rule) for path in _QUOTED.findall(found)] or ["/"]
        methods = [method for found in _METHOD.findall(rule) for method in _QUOTED.findall(found)] or ["ANY"]
        for path in paths:
            for method in methods:
                yield document.route(method, _plain(path), route)


def _listed(value: Value | None) -> list[Value]:
    return value.elements if value is not None else []


def _plain(path: str) -> str:
    """A path without the group that rewriting needs: `/api(/|$)(.*)` is all below /api."""
    return re.sub(r"\(/\|\$\)\(?\.\*\)?$|/?\(\.\*\)$", "", path) or "/"
