"""WSDL: operations of SOAP services, at the address that the document gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from threat_modeling.codebase.stated import Document, texts
from threat_modeling.codebase.xml_events import Element, XmlRefused, elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("schemas.xmlsoap.org/wsdl", "www.w3.org/ns/wsdl")


def routes(project: Project) -> Iterator[Route]:
    """The operations of all SOAP services that a project describes."""
    for path, text in texts(project, KEYWORDS, ("xml", None), r"\.(?:wsdl|xml)$"):
        try:
            found = elements(text)
        except XmlRefused as reason:
            project.cut_short(path, f"WSDL document {reason}")
            continue
        document = Document(project, path, "wsdl")
        addresses = [*dict.fromkeys(_address(element) for element in found if element.name == "address" or "address" in element.attributes)]
        for address in filter(None, addresses or ["/"]):
            for element in found:
                if element.name == "operation" and element.above[-1:] == ("binding",) and element.attributes.get("name"):
                    yield document.route("POST", f"{address}#{element.attributes['name']}", element.line, documented_only=True)


def _address(element: Element) -> str:
    written = element.attributes.get("location") or element.attributes.get("address") or ""
    try:
        return urlsplit(written).path or "/"
    except ValueError:
        return ""
