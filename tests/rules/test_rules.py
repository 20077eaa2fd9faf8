"""Every rule against its annotated code: `ruleid: <id>` marks a line that it reports on the line above, `ok: <id>` one that it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from threat_modeling import secrets
from threat_modeling.codebase import lines
from threat_modeling.codebase.dependencies import read_dependencies, unpinned
from threat_modeling.codebase.personal_fields import personal_fields
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.rule import RULE_TYPES, PersonalFieldRule
from threat_modeling.codebase.rulebook import FOLDER, load
from threat_modeling.codebase.taint.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
KINDS = tuple(RULE_TYPES)
RULES = [(path.relative_to(FOLDER).with_suffix(""), path) for path in sorted(FOLDER.rglob("*.yaml")) if path.relative_to(FOLDER).parts[0] in KINDS]
MARK = re.compile(r"(ruleid|ok): ([a-z0-9-]+)")


def fixtures(rule: Path) -> list[Path]:
    return sorted(path for path in (HERE / rule.parent).glob(f"{rule.name}.*") if path.name.partition(".")[0] == rule.name)


def marks(text: str, rule_id: str) -> tuple[set[int], set[int]]:
    """The lines that must be reported, and those that must not."""
    found: dict[str, set[int]] = {"ruleid": set(), "ok": set()}
    for number, line in enumerate(text.split("\n"), 1):
        for kind, marked in MARK.findall(line):
            assert marked == rule_id, f"line {number} marks {marked}"
            found[kind].add(number + 1)
    return found["ruleid"], found["ok"]


def reported(folder: Path, path: str, rule: Path) -> Iterator[int]:
    """The lines that a rule reports; of sources and sanitizers the sinks that are reached."""
    project = Project(folder)
    name, kind = "/".join(rule.parts[1:]), rule.parts[0]
    text = project.text(path) or ""
    language = next(file.language for file in project.files if file.path == path)
    yield from (hit.start for hit in lines.find(path, text, language) if hit.rule_id == name)
    if name in {"any/hardcoded-secret", "any/private-key"}:
        yield from (s.line for s in secrets.find(text) if (s.kind == "private key") == (name == "any/private-key"))
    yield from (w.evidence.start for w in unpinned(read_dependencies(path, text)) if w.rule == name)
    module = project.module(path)
    if module is None:
        return
    engine = Engine(project)
    engine.analyze(module)
    if kind in {"sources", "sanitizers"}:
        yield from (reach.sink.line for reach in engine.reaches.values() if reach.taint.source)
    yield from (reach.sink.line for reach in engine.reaches.values() if reach.entry.id == name and reach.entry.kind == kind)
    yield from (seen.site.node.line for seen in engine.sightings if seen.entry.id == name and seen.entry.kind == kind)
    categories = {rule_id: rule.category for rule_id, rule in load("personal_fields") if isinstance(rule, PersonalFieldRule)}
    if kind == "personal_fields":
        yield from (field.evidence.start for field in personal_fields(project, module) if field.category == categories[name])


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES], ids=str)
def test_rule_reports_what_its_fixture_marks(rule: Path, tmp_path: Path) -> None:
    found = fixtures(rule)
    assert found, f"tests/rules/{rule}.* is missing"
    for fixture in found:
        text = fixture.read_text("utf-8")
        wanted, unwanted = marks(text, rule.name)
        assert wanted, f"{fixture.name} has no ruleid line"
        assert unwanted, f"{fixture.name} has no ok line"
        (tmp_path / fixture.name).write_text(text, "utf-8")
        lines_found = set(reported(tmp_path, fixture.name, rule))
        assert wanted <= lines_found, f"not reported: {sorted(wanted - lines_found)}, reported: {sorted(lines_found)}"
        assert not unwanted & lines_found, f"wrongly reported: {sorted(unwanted & lines_found)}"


def test_every_fixture_belongs_to_a_rule() -> None:
    known = {fixture for rule, _ in RULES for fixture in fixtures(rule)}
    files = {path for path in HERE.rglob("*") if path.is_file() and path.parent != HERE and "__pycache__" not in path.parts}
    assert sorted(files - known) == []


def test_rules_speak_of_code_not_of_answers() -> None:
    for _, path in RULES:
        assert not re.search(r"vulnerable|\bbad\b|goat|juice", path.read_text("utf-8"), re.IGNORECASE), path
