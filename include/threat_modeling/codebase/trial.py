"""Tries one rule on annotated code: `ruleid: <id>` marks a line that it must report on the line above, `ok: <id>` one that it must not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from threat_modeling import secrets
from threat_modeling.codebase import lines
from threat_modeling.codebase.dependencies import read_dependencies, unpinned
from threat_modeling.codebase.naming import CODE, language_of
from threat_modeling.codebase.pack import pack_with
from threat_modeling.codebase.personal_fields import personal_fields
from threat_modeling.codebase.project import Project
from threat_modeling.codebase.rule import RULE_TYPES, PersonalFieldRule
from threat_modeling.codebase.rulebook import RuleError, read_rule
from threat_modeling.codebase.taint.engine import Engine
from threat_modeling.codebase.walk import SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from threat_modeling.codebase.rule import Kind, Rule

_MARK = re.compile(r"(ruleid|ok): ([a-z0-9-]+)")


@dataclass(frozen=True)
class Trial:
    """Lines of an example that a rule should have reported and did not, and that it reported and should not; `problem` if it can't be tried."""

    missed: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether the rule does what the example says."""
        return not (self.missed or self.wrong or self.problem)


def named(path: Path) -> tuple[Kind, str]:
    """Kind and full id `<language>/<id>` of a rule file by the folders it lies in. RuleError where they tell no kind."""
    kind: Kind | None = next((kind for kind in RULE_TYPES if kind == path.parent.parent.name), None)
    if kind is None:
        raise RuleError(f"{path}:1: the folders tell no kind of rule; put it into <kind>/<language>/, with a kind of {', '.join(RULE_TYPES)}")
    return kind, f"{path.parent.name}/{path.stem}"


def tried(path: Path, example: Path) -> Trial:
    """Try a rule file on an example beside all rules that there are. RuleError where the rule can't be read."""
    kind, rule_id = named(path.resolve())
    rule = read_rule(path, kind)
    if rule.id != path.stem:
        raise RuleError(f"{path}:1: id: is {rule.id!r}, the file's name says {path.stem!r}")
    text = example.read_text("utf-8")
    wanted, unwanted, others = _marks(text, rule.id)
    if others:
        return Trial(problem=f"marks of another rule: {', '.join(sorted(others))}")
    if not wanted or not unwanted:
        return Trial(problem=f"no line is marked `{'ok' if wanted else 'ruleid'}: {rule.id}`")
    found = set(_reported(example, text, kind, rule_id, rule))
    return Trial(tuple(sorted(wanted - found)), tuple(sorted(unwanted & found)))


def _marks(text: str, rule_id: str) -> tuple[set[int], set[int], set[str]]:
    found: dict[str, set[int]] = {"ruleid": set(), "ok": set()}
    others = set()
    for number, line in enumerate(text.split("\n"), 1):
        for kind, marked in _MARK.findall(line):
            found[kind].add(number + 1)
            if marked != rule_id:
                others.add(marked)
    return found["ruleid"], found["ok"], others


def _reported(example: Path, text: str, kind: Kind, rule_id: str, rule: Rule) -> Iterator[int]:
    """The lines that a rule reports; of sources and sanitizers the sinks that are reached."""
    language = language_of(example.name)
    project = Project(example.parent, [SourceFile(example.name, len(text), language)])
    own = ((kind, rule_id, rule),)
    yield from (hit.start for hit in lines.find(example.name, text, language, extra=own) if hit.rule_id == rule_id)
    if rule_id in {"any/hardcoded-secret", "any/private-key"}:
        found = secrets.find(text, code=language in CODE)
        yield from (secret.line for secret in found if (secret.kind == "private key") == (rule_id == "any/private-key"))
    yield from (w.evidence.start for w in unpinned(read_dependencies(example.name, text)) if w.rule == rule_id)
    module = project.module(example.name)
    if module is None:
        return
    engine = Engine(project, packs=partial(pack_with, extra=own))
    engine.analyze(module)
    if kind in {"sources", "sanitizers"}:
        yield from (reach.sink.line for reach in engine.reaches.values() if reach.taint.source)
    yield from (reach.sink.line for reach in engine.reaches.values() if (reach.entry.id, reach.entry.kind) == (rule_id, kind))
    yield from (seen.site.node.line for seen in engine.sightings if (seen.entry.id, seen.entry.kind) == (rule_id, kind))
    if isinstance(rule, PersonalFieldRule):
        yield from (field.evidence.start for field in personal_fields(project, module) if field.category == rule.category)
