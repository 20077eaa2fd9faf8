"""OData: entity sets, singletons, functions and actions of a service's metadata document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.codebase.xml_events import Element, XmlRefused, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("EntityContainer",)


def routes(project: Project) -> Iterator[Route]:
    """The resources of all OData services whose metadata a project holds."""
    for path, text in texts(project, KEYWORDS, ("xml", None), r"\.(?:xml|edmx|csdl)$"):
        try:
            found = elements(text)
        except XmlRefused as reason:
            project.cut_short(path, f"OData metadata {reason}")
            continue
        yield from _Service(Document(project, path, "odata"), found).routes()


class _Service:
    def __init__(self, document: Document, found: list[Element]) -> None:
        self._document = document
        self._elements = found
        self._properties = self._inner("EntityType", "Property")
        self._arguments = {**self._inner("Function", "Parameter"), **self._inner("Action", "Parameter"), **self._inner("FunctionImport", "Parameter")}

    def _inner(self, outer: str, wanted: str) -> dict[str, list[Element]]:
        """Name of each `outer` element -> the `wanted` elements in it."""
        found: dict[str, list[Element]] = {}
        name = ""
        for element in self._elements:
            if element.name == outer:
                name = element.attributes.get("Name", "")
            elif element.name == wanted and element.above[-1:] == (outer,):
                found.setdefault(name, []).append(element)
        return found

    def routes(self) -> Iterator[Route]:
        for element in self._elements:
            name = element.attributes.get("Name", "")
            if not name or element.above[-1:] != ("EntityContainer",):
                continue
            if element.name == "EntitySet":
                yield from self._set(element, name)
            elif element.name == "Singleton":
                yield self._route("GET", f"/{name}", element)
                yield self._route("PATCH", f"/{name}", element, self._fields(element, "Type"))
            elif element.name in {"FunctionImport", "ActionImport"}:
                yield from self._operation(element, name)

    def _set(self, element: Element, name: str) -> Iterator[Route]:
        fields = self._fields(element, "EntityType")
        yield self._route("GET", f"/{name}", element)
        yield self._route("POST", f"/{name}", element, fields)
        for method in ("GET", "PATCH", "DELETE"):
            yield self._route(method, f"/{name}({{key}})", element, fields if method == "PATCH" else ())

    def _operation(self, element: Element, name: str) -> Iterator[Route]:
        """A function is asked with its parameters in the path, an action with a body; version 2 states the method instead."""
        reference = element.attributes.get("Function") or element.attributes.get("Action") or name
        taken = [parameter.attributes.get("Name", "") for parameter in self._arguments.get(reference.rpartition(".")[2], [])]
        stated = element.attributes.get("HttpMethod")
        if stated is not None:
            yield self._route(stated, f"/{name}", element, tuple(Parameter(name=p[:200], source="query") for p in taken if p))
        elif element.name == "FunctionImport":
            inside = ",".join(f"{parameter}={{{parameter}}}" for parameter in taken)
            yield self._route("GET", f"/{name}({inside})", element)
        else:
            yield self._route("POST", f"/{name}", element, tuple(Parameter(name=p[:200], source="body") for p in taken if p))

    def _fields(self, element: Element, key: str) -> tuple[Parameter, ...]:
        kind = element.attributes.get(key, "").rpartition(".")[2]
        found = self._properties.get(kind, [])
        return tuple(
            Parameter(name=p.attributes["Name"][:200], source="body", type=p.attributes.get("Type")) for p in found if p.attributes.get("Name")
        )

    def _route(self, method: str, path: str, element: Element, parameters: tuple[Parameter, ...] = ()) -> Route:
        return self._document.route(method, path, element.line, parameters=parameters, documented_only=True)
