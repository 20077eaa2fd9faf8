"""The final report: one file a format, found by name. A format is a module with `FILENAME`, `MEDIA_TYPE` and `export(document)`."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from threat_modeling.exporters.material.gather import gather

if TYPE_CHECKING:
    from collections.abc import Callable

    from threat_modeling.exporters.material.document import ReportDocument
    from threat_modeling.session import Session

FOLDER = "final-report"


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name in the request's `formats`, the file it writes below final-report/, and how."""

    name: str
    filename: str
    media_type: str
    export: Callable[[ReportDocument], str]


def exporters() -> tuple[Exporter, ...]:
    """Every format by name; a module `json_report` is the format "json", so that it does not hide the standard library's."""
    found = []
    for info in pkgutil.iter_modules(__path__):
        if not info.ispkg and not info.name.startswith("_"):
            module = importlib.import_module(f"{__name__}.{info.name}")
            found.append(Exporter(info.name.removesuffix("_report"), module.FILENAME, module.MEDIA_TYPE, module.export))
    files = [exporter.filename for exporter in found]
    if len(set(files)) != len(files):
        raise ValueError(f"two exporters write the same file: {sorted(files)}")
    return tuple(sorted(found, key=lambda e: e.name))


def write_report(session: Session) -> dict[str, Any]:
    """Write the formats that the session asks for, whatever phases exist; returns whether it is complete, counts and the files.

    `files` are paths relative to the session folder; all values are small enough for an XCom. Reports hold no times and no machine
    paths: the same target gives the same bytes.
    """
    document = gather(session)
    wanted = set(session.request.formats)
    written = []
    for exporter in exporters():
        if exporter.name in wanted:
            path = f"{FOLDER}/{exporter.filename}"
            session.write(path, exporter.export(document).encode("utf-8", "backslashreplace"))
            written.append(path)
    counts = document.counts
    return {
        "complete": document.outcome.complete,
        "partial_because": [reason[:200] for reason in document.outcome.reasons[:5]],
        "threats": counts.threats,
        "threats_by_severity": {severity.value: number for severity, number in counts.threats_by_severity.items()},
        "concerns": counts.concerns,
        "control_gaps": counts.control_gaps,
        "entry_points": counts.entry_points,
        "tests": counts.tests,
        "percent_analyzed": counts.percent_analyzed,
        "coverage_gaps": len(document.outcome.gaps),
        "files": written,
    }
