"""Entry points: Noir's fixtures by language, and the applications whose routes are known, with file and authentication."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from scoring import NotRun, Row, Setup, commit, figure, score
from sessions import mapped, session_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = "python,javascript,typescript,java,kotlin,go,ruby,php,csharp,rust,specification"
APPS = ("railsgoat", "crapi", "juice-shop", "vampi")
LOCATED = ("railsgoat", "juice-shop")
AUTHENTICATED = ("crapi", "vampi")


def noir(setup: Setup) -> Iterator[Row]:
    """Recall and precision of method and path, by language and in all."""
    truth = setup.truth("truth/noir_fixtures.dev.json")
    fixtures = setup.app("noir") / "spec" / "functional_test"
    found = setup.work / "noir"
    shutil.rmtree(found, ignore_errors=True)
    found.mkdir(parents=True)
    projects = json.loads(truth.read_text())
    with ProcessPoolExecutor(max_workers=2) as pool:
        list(pool.map(_map, *zip(*((fixtures / p["fixture"], found, key.replace("/", "__")) for key, p in sorted(projects.items())), strict=True)))
    for languages, name, bar in ((LANGUAGES, "named languages", ">= .92 / .92"), ("", "each language", "reported")):
        lines = score(setup, "score_noir.py", truth, found, "--languages", languages).splitlines()[1:]
        for line in lines:
            language, count, exact, routes, recall, precision = line.split()
            if (language == "all") == bool(languages):
                label = name if language == "all" else language
                yield Row(
                    f"Noir fixtures, {label}: {count} projects ({exact} exact), {routes} routes, recall / precision", bar, f"{recall} / {precision}"
                )


def _map(fixture: Path, found: Path, name: str) -> None:
    if not fixture.is_dir():
        return
    session = mapped(fixture, found / "sessions" / name)
    (found / f"{name}.json").write_text((session / "phase-3" / "entry-points.json").read_text())


def applications(setup: Setup) -> Iterator[Row]:
    """Routes, routes with the handler's file, and authentication of each route."""
    for name in APPS:
        try:
            yield from _application(setup, name)
        except NotRun as reason:
            yield Row(f"{name} routes", "", f"not run: {reason}")


def _application(setup: Setup, name: str) -> Iterator[Row]:
    truth = setup.truth(f"truth/{name}.json")
    session = session_of(setup.app(name), setup.work / "sessions" / name)
    told = score(setup, "score.py", truth, session)
    bar = ">= .98 / -" if name == "crapi" else ">= .98 / .95"
    yield Row(f"{name} routes @ {commit(truth)}, recall / precision", bar, _both(told))
    if name in LOCATED:
        yield Row(f"{name} routes with the handler's file", ">= .95 / .95", _both(score(setup, "score.py", truth, session, "--location")))
    if name in AUTHENTICATED:
        told = score(setup, "score.py", truth, session, "--auth")
        known = int(figure(told, r"authentication: known (\d+)"))
        yield Row(f"{name} authentication of {known} routes, right", ">= .95", f"{figure(told, r'authentication: .* right ([0-9.]+)'):.3f}")


def _both(told: str) -> str:
    return f"{figure(told, r'entry points: .* recall ([0-9.]+)'):.3f} / {figure(told, r'entry points: .* precision ([0-9.]+)'):.3f}"
