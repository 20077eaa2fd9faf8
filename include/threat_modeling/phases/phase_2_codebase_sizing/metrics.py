"""Counts what was walked: files, folders, extensions and an estimate of lines."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING

from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.observations import Skip
from threat_modeling.phases.phase_2_codebase_sizing.artifacts import Metrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.walk import SourceFile

COUNT_ALL_UP_TO = 100_000
"""Files above which lines and extensions are counted on a sample (seed: Performance Optimization, Phase 2)."""
BYTES_PER_LINE = 36
"""The mean of source code in a dozen languages, 24 to 44 of them; generated files are longer."""
TOLD_ONE_BY_ONE = 5
"""Left-out trees of the same name up to which each is listed."""
LARGEST_COUNTED = 1_000_000
"""Bytes of a file above which it is taken for generated or data."""


def measure(files: Sequence[SourceFile], directories: int | None) -> Metrics:
    """Sizes of the files; `directories` None counts only the folders that hold one of them. Counts of a sample are scaled up."""
    step = -(-len(files) // COUNT_ALL_UP_TO) if len(files) > COUNT_ALL_UP_TO else 1
    counted = files[::step]
    extensions = Counter(posixpath.splitext(file.path)[1].lower() for file in counted)
    size = sum(file.size for file in counted if file.language in CODE and file.size <= LARGEST_COUNTED)
    return Metrics(
        total_files=len(files),
        total_directories=len(_folders(files)) if directories is None else directories,
        estimated_loc=round(size * step / BYTES_PER_LINE),
        files_by_extension={name: count * step for name, count in sorted(extensions.items(), key=lambda item: (-item[1], item[0]))},
    )


def _folders(files: Sequence[SourceFile]) -> set[str]:
    found: set[str] = set()
    for file in files:
        folder = posixpath.dirname(file.path)
        while folder and folder not in found:
            found.add(folder)
            folder = posixpath.dirname(folder)
    return found


def grouped(skips: Sequence[Skip]) -> tuple[Skip, ...]:
    """Trees that were left out, in path order; many of one name and reason are told together as `**/name`, none is dropped."""
    groups: dict[tuple[str, str], list[Skip]] = {}
    for skip in skips:
        groups.setdefault((posixpath.basename(skip.path), skip.reason), []).append(skip)
    told: list[Skip] = []
    for (name, reason), members in groups.items():
        if len(members) <= TOLD_ONE_BY_ONE:
            told += members
        else:
            told.append(Skip(path=f"**/{name}", reason=f"{reason} ({len(members)} folders)", files=sum(m.files for m in members)))
    return tuple(sorted(told, key=lambda skip: (skip.path, skip.reason)))
