"""CycloneDX: what its vulnerabilities say of components that the target's manifests name. Components alone are only counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from threat_modeling.codebase.external.osv import canonical, vulnerable
from threat_modeling.codebase.observations import ToolReport
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.observations import Dependency, Weakness
    from threat_modeling.codebase.project import Project

_TYPES = {
    "pypi": "pypi",
    "npm": "npm",
    "maven": "maven",
    "golang": "go",
    "gem": "rubygems",
    "composer": "packagist",
    "nuget": "nuget",
    "cargo": "cargo",
}
_CLOSED = frozenset({"resolved", "resolved_with_pedigree", "false_positive", "not_affected"})


def reads(document: Any) -> bool:
    """Whether a document is a CycloneDX bill of materials."""
    return isinstance(document, dict) and document.get("bomFormat") == "CycloneDX"


def findings(
    file: str, documents: Sequence[Any], project: Project, dependencies: Sequence[Dependency]
) -> Iterator[tuple[ToolReport, list[Weakness]]]:
    """For each bill what became of it, and a weakness for each dependency that a vulnerability affects."""
    del project
    for document in documents:
        components = document.get("components") or []
        named = {str(c.get("bom-ref") or c.get("purl")): _package(c) for c in components}
        affected: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for vulnerability in document.get("vulnerabilities") or ():
            if (vulnerability.get("analysis") or {}).get("state") not in _CLOSED:
                for place in vulnerability.get("affects") or ():
                    affected[named.get(str(place.get("ref")), ("", "", ""))].append(str(vulnerability.get("id") or "unnamed"))
        tool = _tool(document)
        found = []
        for dependency in dependencies:
            key = (dependency.ecosystem, canonical(dependency.ecosystem, dependency.name), dependency.version)
            if key in affected:
                found.append(vulnerable(tool, dependency, list(dict.fromkeys(affected[key]))))
        yield ToolReport(file=file, tool=tool, run=True, results=len(components), used=len(found)), found


def _package(component: dict[str, Any]) -> tuple[str, str, str]:
    """Ecosystem, name and version of a component by its package URL."""
    kind, _, rest = str(component.get("purl") or "").removeprefix("pkg:").partition("/")
    name, _, version = rest.partition("?")[0].partition("#")[0].rpartition("@")
    ecosystem = _TYPES.get(kind, "")
    separator = ":" if ecosystem == "maven" else "/"
    return ecosystem, canonical(ecosystem, unquote(name).replace("/", separator)), unquote(version)


def _tool(document: dict[str, Any]) -> str:
    tools = (document.get("metadata") or {}).get("tools") or []
    listed = tools.get("components") or [] if isinstance(tools, dict) else tools
    return one_line(str(listed[0].get("name")), 60) if listed else "cyclonedx"
