"""Locations of SARIF: paths relative to SRCROOT, so that no path of the machine is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from threat_modeling.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.model import Evidence

ROOT = "SRCROOT"


class Places:
    """Makes locations that point into the list of artifacts; every file that may be named is given at once, so that indexes are stable."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = sorted(set(paths))
        self._index = {path: index for index, path in enumerate(self._paths)}

    def artifacts(self) -> list[dict[str, Any]]:
        """The run's `artifacts`."""
        return [
            {"location": {"uri": _uri(path), "uriBaseId": ROOT, "index": index}, "roles": ["resultFile"]} for index, path in enumerate(self._paths)
        ]

    def location(self, evidence: Evidence, message: str = "") -> dict[str, Any]:
        """A location with region and snippet; `message` says what is there."""
        lines = evidence.quote.split("\n")
        location: dict[str, Any] = {
            "physicalLocation": {
                "artifactLocation": {"uri": _uri(evidence.path), "uriBaseId": ROOT, "index": self._index[evidence.path]},
                "region": {
                    "startLine": evidence.start,
                    "startColumn": 1,
                    "endLine": evidence.end,
                    "endColumn": len(lines[-1].encode("utf-16-le", "surrogatepass")) // 2 + 1,
                    "snippet": {"text": evidence.quote},
                },
            }
        }
        if message:
            location["message"] = {"text": sentence(message)}
        return location

    def flow(self, path: tuple[tuple[str, Evidence], ...]) -> list[dict[str, Any]]:
        """The run's `codeFlows` for the way of a value."""
        steps = [{"location": self.location(evidence, told or "step")} for told, evidence in path]
        return [{"threadFlows": [{"locations": steps}]}] if steps else []


def sentence(text: str, limit: int = 1000) -> str:
    """Plain text on one line that ends like a sentence; brackets that SARIF would read as a link are escaped."""
    line = one_line(text, limit).replace("[", "\\[").replace("]", "\\]")
    line = line.replace("{", "{{").replace("}", "}}")
    return line if line.endswith((".", "…", "!", "?")) else line + "."


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogatepass"), safe="/-._~+@,=()!$&'*")
