"""What other tools found, given as files: SARIF of any scanner, CycloneDX, OSV. A format is a file here with `reads` and `findings`.

Everything a report says is tied to a line of the target, or only counted. A report that is missing or broken, or whose tool says that
it failed, is told as "not run" with the reason.
"""

from __future__ import annotations

import json
import os
import stat
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from threat_modeling.codebase.external import cyclonedx, osv, sarif
from threat_modeling.codebase.observations import ToolReport

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from threat_modeling.codebase.observations import Dependency, Weakness
    from threat_modeling.codebase.project import Project

FORMATS: Final = (sarif, cyclonedx, osv)
MAX_BYTES: Final = 64_000_000
MAX_ENTRIES: Final = 100_000


@dataclass
class External:
    """Weaknesses that other tools report, and what became of each report."""

    found: list[tuple[ToolReport, list[Weakness]]] = field(default_factory=list)

    def weaknesses_in(self, paths: Collection[str]) -> list[Weakness]:
        """What they say of these files."""
        return [weakness for _, weaknesses in self.found for weakness in weaknesses if weakness.evidence.path in paths]

    def reports_of(self, paths: Collection[str]) -> tuple[ToolReport, ...]:
        """Every report, with how many of its weaknesses stand in these files."""
        return tuple(
            report.model_copy(update={"used": sum(weakness.evidence.path in paths for weakness in weaknesses)}) for report, weaknesses in self.found
        )


def read_reports(files: Iterable[str], project: Project, dependencies: Sequence[Dependency]) -> External:
    """Read every report; its order of files is kept, and within one the order of places."""
    external = External()
    for file in files:
        try:
            documents = _documents(Path(file))
        except (OSError, ValueError, RecursionError, zipfile.BadZipFile) as error:
            external.found.append((ToolReport(file=file, tool="", run=False, reason=_told(error)), []))
            continue
        kind = next((kind for kind in FORMATS if documents and kind.reads(documents[0])), None)
        if kind is None:
            external.found.append((ToolReport(file=file, tool="", run=False, reason="neither SARIF nor CycloneDX nor OSV"), []))
            continue
        try:
            external.found += list(kind.findings(file, documents, project, dependencies))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            external.found.append((ToolReport(file=file, tool="", run=False, reason=f"broken: {_told(error)}"), []))
    return external


def merged(own: Sequence[Weakness], others: Iterable[Weakness]) -> list[Weakness]:
    """Our weaknesses and those of other tools: one that both see is ours and names the tool, the rest are added."""
    known = {(w.weakness_class, w.evidence.path, w.evidence.start): w for w in own}
    for other in others:
        key = (other.weakness_class, other.evidence.path, other.evidence.start)
        mine = known.get(key)
        tool = other.rule.partition("/")[0]
        if mine is None:
            known[key] = other
        elif f"reported by {tool}" not in mine.message.lower():
            known[key] = mine.model_copy(update={"message": f"{mine.message.rstrip('.')}. Also reported by {tool}."})
    return list(known.values())


def _documents(path: Path) -> list[Any]:
    """The JSON documents of a file: one, one a line, or the members of an archive."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("no regular file")
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 1_000_000} MB")
    if content.startswith(b"PK"):
        return _members(content)
    try:
        document = json.loads(content)
    except ValueError:
        return [json.loads(line) for line in content.splitlines() if line.strip()]
    return document if isinstance(document, list) else [document]


def _members(content: bytes) -> list[Any]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if entry.filename.endswith(".json")]
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_BYTES * 4:
            raise ValueError("the archive is too large; give the part that the target needs")
        return [json.loads(archive.read(entry)) for entry in entries]


def _told(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "can't be read"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
