"""Protocol buffers: methods of gRPC services, with the HTTP routes that `google.api.http` gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Handler, Parameter
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.codebase.syntax import Class, Function, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("service ",)
MAX_OPTIONS: Final = 5_000
"""Characters of the options of one method."""

_BRACE: Final = re.compile(r"[{}]")
_HIDDEN: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*(?s:.*?\*/|.*)')
_PACKAGE: Final = re.compile(r"^\s*package\s+([\w.]+)\s*;", re.MULTILINE)
_SERVICE: Final = re.compile(r"\bservice\s+(\w+)\s*\{")
_METHOD: Final = re.compile(r"\brpc\s+(\w+)\s*\(\s*(?:stream\s+)?\.?([\w.]+)\s*\)\s*returns\s*\([^()]*\)\s*(\{)?")
_HTTP: Final = re.compile(r'\b(get|put|post|delete|patch)\s*:\s*"([^"]*)"')
_CUSTOM: Final = re.compile(r'\bkind\s*:\s*"(\w+)"\s*,?\s*path\s*:\s*"([^"]*)"')
_MESSAGE: Final = re.compile(r"\bmessage\s+(\w+)\s*\{([^{}]*)\}")
_FIELD: Final = re.compile(r"(?:^|;) ?(?:optional |repeated |required )?([\w.<>, ]{1,120}?) (\w+) ?=\s*\d+")
_VARIABLE: Final = re.compile(r"\{([\w.]+)=[^{}]*\}")


def routes(project: Project) -> Iterator[Route]:
    """The methods of all services of a project."""
    found = list(texts(project, KEYWORDS, ("protobuf",)))
    served = _servicers(project) if found else {}
    for path, text in found:
        plain = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]) if match[0].startswith("/") else match[0], text)
        messages = {match[1]: match[2] for match in _MESSAGE.finditer(plain)}
        package = _PACKAGE.search(plain)
        done = 0
        for service in _SERVICE.finditer(plain):
            if service.start() >= done:
                name = f"{package[1]}.{service[1]}" if package else service[1]
                done = _closing(plain, service.end())
                for method in _METHOD.finditer(plain, service.end(), done):
                    yield from _method(Document(project, path, "grpc"), plain, method, name, messages, served.get((service[1], method[1])))


def _method(document: Document, text: str, method: re.Match[str], service: str, messages: dict[str, str], handler: Handler | None) -> Iterator[Route]:
    line = text.count("\n", 0, method.start()) + 1
    message = re.sub(r"\s+", " ", messages.get(method[2].rpartition(".")[2], "")).strip()
    taken = [Parameter(name=name[:200], source="body", type=kind.strip()) for kind, name in _FIELD.findall(message)]
    only = handler is None
    yield document.route("POST", f"/{service}/{method[1]}", line, type="grpc", parameters=taken, handler=handler, documented_only=only)
    body = text[method.end() : _closing(text, method.end(), MAX_OPTIONS)] if method[3] else ""
    if "google.api.http" in body:
        for verb, path in (*_HTTP.findall(body), *_CUSTOM.findall(body)):
            written = taken if verb in {"post", "put", "patch"} else []
            yield document.route(verb, _VARIABLE.sub(r"{\1}", path), line, parameters=written, handler=handler, documented_only=only)


def _closing(text: str, start: int, most: int | None = None) -> int:
    """The index of the brace that closes the one before `start`, at most `most` characters on."""
    depth, last = 1, len(text) if most is None else start + most
    for match in _BRACE.finditer(text, start, last):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return min(last, len(text))


def _servicers(project: Project) -> dict[tuple[str, str], Handler]:
    """(service, method) -> the method of the class that extends the generated `...Servicer`."""
    found: dict[tuple[str, str], Handler] = {}
    for module in project.modules(("python",), ("Servicer",)):
        for class_ in (node for node in module.body if isinstance(node, Class) and not node.name.endswith("Servicer")):
            for base in class_.bases:
                service = dotted(base).rpartition(".")[2]
                for function in class_.body if service.endswith("Servicer") else ():
                    if isinstance(function, Function):
                        served = Handler(file=module.path, line=function.line, end=function.end, function=f"{class_.name}.{function.name}")
                        found.setdefault((service.removesuffix("Servicer"), function.name), served)
    return found
