"""Speed: what phases 2 to 4 cost against parsing alone, measured in the same run, and how the time per file grows with the tree."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ast_grep_py import SgRoot
from scoring import NotRun, Row, Setup
from sessions import timed

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAMMARS = {".py": "python", ".js": "javascript", ".mjs": "javascript", ".jsx": "javascript", ".ts": "typescript", ".tsx": "tsx"}
MAX_BYTES = 1_000_000
TREES = (1_000, 5_000)


def speed(setup: Setup) -> Iterator[Row]:
    """CPU and wall time as multiples of the one-core parse floor, memory, and growth per file."""
    source = Path(setup.tree)
    if not setup.tree or not source.is_dir():
        raise NotRun("no folder of code given (TREE=)")
    per_file = {}
    for files in TREES:
        tree = setup.work / "trees" / str(files) / "tree"
        count = _copy(source, tree, files)
        if count < files:
            raise NotRun(f"{source} has {count} code files, {files} are needed")
        floor, parsed = _floor(tree)
        _, cost = timed(tree, setup.work / "trees" / str(files) / "sessions")
        per_file[files] = cost.cpu / files
        yield Row(
            f"{files:,} files, parse floor {floor:.1f} s ({parsed / floor:.0f} files/s a core): CPU / wall of phases 2-4",
            "<= 4 x / 2.2 x",
            f"{cost.cpu / floor:.1f} x / {cost.wall / floor:.1f} x ({cost.cpu:.0f} s / {cost.wall:.0f} s)",
        )
        yield Row(f"{files:,} files: most memory of an agent", "< 1 GB", f"{cost.memory / 1e9:.2f} GB")
    first, last = (per_file[files] for files in (TREES[0], TREES[-1]))
    yield Row(f"CPU per file, {TREES[-1]:,} against {TREES[0]:,} files", "<= 1.25 x", f"{last / first:.2f} x")


def _copy(source: Path, tree: Path, files: int) -> int:
    """Copy the first code files of a folder, in order of path, with what lies beside them; returns how many code files."""
    shutil.rmtree(tree, ignore_errors=True)
    count = 0
    for folder, inner, names in os.walk(source):
        inner.sort()
        if "node_modules" in inner:
            inner.remove("node_modules")
        for name in sorted(names):
            place = tree / Path(folder).relative_to(source) / name
            if Path(name).suffix in GRAMMARS:
                if count == files:
                    return count
                count += 1
            elif Path(name).suffix in {".so", ".pyc", ".map", ".gz"}:
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / name, place)
    return count


def _floor(tree: Path) -> tuple[float, int]:
    """CPU seconds that reading and parsing every code file takes one core, and how many files that were."""
    started, parsed = time.process_time(), 0
    for path in sorted(tree.rglob("*")):
        if path.suffix in GRAMMARS and path.is_file() and path.stat().st_size <= MAX_BYTES:
            SgRoot(path.read_text("utf-8", "replace"), GRAMMARS[path.suffix]).root()
            parsed += 1
    return time.process_time() - started, parsed
