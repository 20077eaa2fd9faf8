"""OSV: advisories, alone, as a list or as an ecosystem's archive; each that affects a version the target fixes is a weakness there."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.observations import Confidence, ToolReport, Weakness
from threat_modeling.model import ControlCategory
from threat_modeling.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from threat_modeling.codebase.observations import Dependency
    from threat_modeling.codebase.project import Project

ECOSYSTEMS: Final = {
    "PyPI": "pypi",
    "npm": "npm",
    "Maven": "maven",
    "Go": "go",
    "RubyGems": "rubygems",
    "Packagist": "packagist",
    "NuGet": "nuget",
    "crates.io": "cargo",
}
MAX_NAMED = 5


def reads(document: Any) -> bool:
    """Whether a document is an advisory."""
    return isinstance(document, dict) and isinstance(document.get("affected"), list) and "id" in document


def findings(
    file: str, documents: Sequence[Any], project: Project, dependencies: Sequence[Dependency]
) -> Iterator[tuple[ToolReport, list[Weakness]]]:
    """What became of the advisories, and a weakness for each dependency that any of them affects."""
    del project
    advisories: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for document in (document for document in documents if reads(document) and not document.get("withdrawn")):
        for affected in document["affected"]:
            package = affected.get("package") or {}
            ecosystem = ECOSYSTEMS.get(str(package.get("ecosystem", "")).partition(":")[0], "")
            advisories[ecosystem, canonical(ecosystem, str(package.get("name", "")))].append((str(document["id"]), affected))
    found = []
    for dependency in dependencies:
        known = advisories.get((dependency.ecosystem, canonical(dependency.ecosystem, dependency.name)), ())
        ids = list(dict.fromkeys(id_ for id_, affected in known if dependency.version and _affects(affected, dependency.version)))
        if ids:
            found.append(vulnerable("osv", dependency, ids))
    yield ToolReport(file=file, tool="osv", run=True, results=len(documents), used=len(found)), found


def vulnerable(tool: str, dependency: Dependency, ids: Sequence[str]) -> Weakness:
    """The weakness of a dependency that advisories name."""
    told = ", ".join(one_line(id_, 40) for id_ in ids[:MAX_NAMED]) + (f" and {len(ids) - MAX_NAMED} more" if len(ids) > MAX_NAMED else "")
    return Weakness(
        rule=f"{tool}/{one_line(ids[0], 40)}",
        title="Dependency with a known weakness",
        message=f"Reported by {tool}: {dependency.name} {dependency.version} is affected by {told}.",
        cwe="CWE-1395",
        weakness_class="vulnerable-dependency",
        category=ControlCategory.DEPENDENCY_SECURITY,
        confidence=Confidence.MEDIUM,
        evidence=dependency.evidence,
    )


def canonical(ecosystem: str, name: str) -> str:
    """A package's name as its ecosystem compares it."""
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "pypi" else name.lower()


def _affects(affected: Mapping[str, Any], version: str) -> bool:
    if version in (affected.get("versions") or ()):
        return True
    ranges = (r for r in affected.get("ranges") or () if r.get("type") in {"SEMVER", "ECOSYSTEM"})
    return any(_within(r.get("events") or (), version) for r in ranges)


def _within(events: Sequence[Mapping[str, str]], version: str) -> bool:
    """Whether a version lies between an introducing event and the next that ends it; never where a version can't be compared."""
    wanted, inside = _number(version), False
    for event in events:
        kind, told = next(iter(event.items()), ("", ""))
        at = _number(str(told))
        if wanted is None or at is None:
            return False
        if kind == "introduced":
            inside = inside or wanted >= at
        elif (kind == "fixed" and wanted >= at) or (kind == "last_affected" and wanted > at):
            inside = False
    return inside


def _number(version: str) -> tuple[int, ...] | None:
    """A version of numbers alone, without zeros at its end; None for pre-releases and the like."""
    if not re.fullmatch(r"v?\d{1,9}(?:\.\d{1,9}){0,6}", version):
        return None
    parts = [int(part) for part in version.removeprefix("v").split(".")]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
