"""What every agent of this phase needs of the whole target, worked out by the first that asks: its routes, what they lack, the modules it names.

Kept in the session's folder while the phase runs, with the state of the target that it was made of (paths, sizes, times): an agent
that sees another state, or a file that is not as it was written, makes its own. A file that can't be locked, read or written costs
time, never a result.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from threat_modeling.artifact import canonical
from threat_modeling.codebase.observations import Route, Skip, Weakness
from threat_modeling.integrity import TREES
from threat_modeling.model import Model
from threat_modeling.storage import alone

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project
    from threat_modeling.session import Session

FOLDER = "phase-3/shared"
PATH = f"{FOLDER}/whole-target.json"


class WholeTarget(Model):
    """The routes of a target, what they lack, and the files that could not be read, or not to the end, to tell so."""

    state: str
    routes: tuple[Route, ...]
    missing: tuple[Weakness, ...]
    modules: tuple[str, ...]
    """The modules of rules that its code says."""
    skips: tuple[Skip, ...]


def whole_target(session: Session, project: Project) -> WholeTarget:
    """The view of the whole target, the same for every agent, which one makes while the others wait; its skips are added to the project's."""
    state = _state(project)
    with alone(session.path / FOLDER):
        with suppress(OSError, ValidationError):
            kept = WholeTarget.model_validate_json((session.path / PATH).read_bytes())
            if kept.state == state and session.integrity.holds(PATH):
                for skip in kept.skips:
                    project.skip(skip)
                return kept
        made = _made(project, state)
        with suppress(OSError):
            session.write(PATH, canonical(made.dump()))
        return made


def forget(session: Session) -> None:
    """Remove what was shared: when the phase is consolidated nobody needs it."""
    for folder in (FOLDER, f"integrity/{FOLDER}", TREES):
        shutil.rmtree(session.path / folder, ignore_errors=True)


def _made(project: Project, state: str) -> WholeTarget:
    from threat_modeling.codebase import checks, resolvers  # noqa: PLC0415 - parsers load only where an agent works
    from threat_modeling.codebase.scan import modules_of  # noqa: PLC0415

    routes = resolvers.routes(project)
    missing = checks.weaknesses(project, routes)
    modules = sorted(modules_of(project))
    return WholeTarget(state=state, routes=tuple(routes), missing=tuple(missing), modules=tuple(modules), skips=tuple(project.skips))


def _state(project: Project) -> str:
    digest, root = hashlib.sha256(), str(project.root)
    for file in project.files:
        modified = 0
        with suppress(OSError):
            modified = os.lstat(f"{root}/{file.path}").st_mtime_ns
        digest.update(f"{file.path}\x00{file.size}\x00{modified}\x00".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
