"""What the code of one component shows: weaknesses, controls, data stores, external calls, personal fields, dependencies."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from threat_modeling import secrets
from threat_modeling.codebase import lines
from threat_modeling.codebase.dependencies import read_dependencies, unpinned
from threat_modeling.codebase.findings import control, external_call, reached, store, weakness, without_repeats
from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.observations import (
    ControlSighting,
    Dependency,
    ExternalCall,
    PersonalField,
    Route,
    Skip,
    StoreAccess,
    Weakness,
)
from threat_modeling.codebase.pack import FAMILIES
from threat_modeling.codebase.personal_fields import personal_fields, table_fields
from threat_modeling.codebase.prefilter import Relevance, mentioned
from threat_modeling.codebase.purpose import is_bundled, is_product
from threat_modeling.codebase.rule import ControlRule, ExternalCallRule, StoreRule, WeaknessRule
from threat_modeling.codebase.rulebook import load
from threat_modeling.codebase.syntax import Evaluate, Literal, walk
from threat_modeling.codebase.taint.engine import Engine
from threat_modeling.model import Model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from threat_modeling.codebase.lines import LineHit
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module
    from threat_modeling.codebase.walk import SourceFile

ANALYZED = frozenset({"python", "javascript", "go", "csharp", "rust", "java", "ruby", "php", *FAMILIES})
UNSEARCHED = frozenset({"markdown", "restructuredtext", "css", "svg"})
"""Prose and style: nothing runs them, and what looks like a secret there is an example."""
SETTINGS = (
    ".pem",
    ".key",
    ".env",
    ".cfg",
    ".conf",
    ".ini",
    ".properties",
    ".npmrc",
    ".pypirc",
    ".netrc",
    ".htpasswd",
    ".tfvars",
    ".ppk",
    "id_rsa",
    "credentials",
)
TABLE = 3
TRANSLATIONS = re.compile(r"(?:^|/)(?:i18n|l10n|locales?|lang|languages|translations|messages)/")
LOCKS = frozenset(
    {
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "poetry.lock",
        "uv.lock",
        "Pipfile.lock",
        "composer.lock",
        "Cargo.lock",
        "Gemfile.lock",
        "go.sum",
    }
)

CONVERTED = frozenset({"int", "float", "uuid"})
"""Types of parts of a path that a router accepts as nothing but a number or an identifier."""
NETWORK = frozenset({"http", "graphql", "websocket", "grpc", "file-upload"})
"""Types of entry points whose callers are strangers; who starts a command or a job is already inside."""


Observed = TypeVar("Observed", StoreAccess, ExternalCall, PersonalField, Dependency, ControlSighting)


class Observations(Model):
    """All that was observed in the files of one component, each in order of place."""

    weaknesses: tuple[Weakness, ...] = ()
    controls: tuple[ControlSighting, ...] = ()
    stores: tuple[StoreAccess, ...] = ()
    external_calls: tuple[ExternalCall, ...] = ()
    personal_fields: tuple[PersonalField, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    weaknesses_in_tests: int = 0
    """Weaknesses of tests, fixtures and examples: they are none of the product, so they are only counted."""
    skips: tuple[Skip, ...] = ()
    """Files whose analysis was cut short."""


def modules_of(project: Project) -> frozenset[str]:
    """The modules of rules that the code of a project says."""
    return mentioned(project.words(file.path) for file in project.files if file.language in ANALYZED)


def may_show(project: Project, file: SourceFile, said: frozenset[str]) -> bool:
    """Whether a rule of its language can match in a file by what the file says; `said` is what `modules_of` says of the project."""
    if file.language not in ANALYZED:
        return False
    text = project.text(file.path)
    return text is not None and Relevance(file.language, said).file(text, project.words(file.path))


def scan(project: Project, paths: Collection[str], routes: Sequence[Route] = (), modules: frozenset[str] | None = None) -> Observations:
    """Observe the files `paths` of a project. Functions that serve `routes` take what they are given from outside.

    `modules` is what `modules_of` says of the whole project, where somebody has asked already.
    """
    wanted = set(paths)
    files = [file for file in project.files if file.path in wanted]
    said = modules_of(project) if modules is None else modules
    engine = Engine(project, _served(routes), modules=said)
    fields: list[PersonalField] = []
    for module in _modules(project, files, {route.handler.file for route in routes if route.handler}, said):
        engine.analyze(module)
        fields += personal_fields(project, module)
    for file in files:
        if file.language == "sql":
            fields += table_fields(project, file.path, project.text(file.path) or "")
    hits = [(file.path, hit) for file in files for hit in _line_hits(project, file)]
    dependencies = [found for file in files if (text := project.text(file.path)) for found in read_dependencies(file.path, text, project.cut_short)]
    found = without_repeats([*_weaknesses(project, engine, wanted, hits), *_secrets(project, files), *unpinned(dependencies)])
    return Observations(
        weaknesses=tuple(w for w in found if is_product(w.evidence.path)),
        controls=_controls(project, engine, wanted, hits),
        stores=_unique(store(project, s, s.entry.rule) for s in engine.sightings if isinstance(s.entry.rule, StoreRule) and _shown(s.path, wanted)),
        external_calls=_unique(
            external_call(project, s, s.entry.rule) for s in engine.sightings if isinstance(s.entry.rule, ExternalCallRule) and _shown(s.path, wanted)
        ),
        personal_fields=_unique(f for f in fields if is_product(f.evidence.path)),
        dependencies=_unique(dependencies),
        weaknesses_in_tests=sum(not is_product(w.evidence.path) for w in found),
        skips=tuple(Skip(path=path, reason="analysis cut short: too large or too deeply nested") for path in sorted(engine.exhausted & wanted)),
    )


def _served(routes: Iterable[Route]) -> dict[tuple[str, int], frozenset[str]]:
    """The functions that strangers reach, by file and line, each with the parts of its paths that every route converts from text."""
    found: dict[tuple[str, int], frozenset[str]] = {}
    for route in routes:
        if route.handler is not None and route.type in NETWORK:
            plain = frozenset(p.name for p in route.parameters if p.source == "path" and p.type in CONVERTED)
            place = (route.handler.file, route.handler.line)
            found[place] = found.get(place, plain) & plain
    return found


def _modules(project: Project, files: Iterable[SourceFile], handling: Collection[str], said: frozenset[str]) -> Iterator[Module]:
    """Yield the syntax trees of files that serve routes, and of those in which a rule can match."""
    for file in files:
        if (file.language in ANALYZED and file.path in handling) or may_show(project, file, said):
            text = project.text(file.path)
            module = None if text is None or is_bundled(file.path, text) else project.module(file.path)
            if module is not None:
                yield module


def _line_hits(project: Project, file: SourceFile) -> Iterable[LineHit]:
    text = project.text(file.path) if file.language is not None else None
    return () if text is None else lines.find(file.path, text, file.language, project.cut_short)


def _weaknesses(project: Project, engine: Engine, wanted: set[str], hits: list[tuple[str, LineHit]]) -> Iterator[Weakness]:
    for reach in engine.reaches.values():
        # A sink in another component is reported with the component whose callers reach it.
        places = {reach.sink.path, reach.taint.source.path if reach.taint.source else reach.sink.path}
        if places & wanted and isinstance(reach.entry.rule, WeaknessRule):
            yield reached(project, reach)
    told: set[tuple[str, str]] = set()
    for s in sorted(engine.sightings, key=lambda s: (s.path, s.site.node.line)):
        if s.path in wanted and isinstance(s.entry.rule, WeaknessRule):
            if s.entry.rule.once and (s.entry.id, s.path) in told:
                continue
            told.add((s.entry.id, s.path))
            yield weakness(s.entry.id, s.entry.rule, project.evidence(s.path, s.site.node.line, s.site.node.end), function=s.function)
    for path, hit in hits:
        if isinstance(hit.rule, WeaknessRule):
            yield weakness(hit.rule_id, hit.rule, project.evidence(path, hit.start, hit.end))


def _controls(project: Project, engine: Engine, wanted: set[str], hits: list[tuple[str, LineHit]]) -> tuple[ControlSighting, ...]:
    seen = [
        control(s.entry.id, s.entry.rule, project.evidence(s.path, s.site.node.line, s.site.node.end), s.function)
        for s in engine.sightings
        if isinstance(s.entry.rule, ControlRule) and _shown(s.path, wanted)
    ]
    seen += [
        control(hit.rule_id, hit.rule, project.evidence(path, hit.start, hit.end))
        for path, hit in hits
        if isinstance(hit.rule, ControlRule) and is_product(path)
    ]
    return _unique(seen)


def _secrets(project: Project, files: Iterable[SourceFile]) -> Iterator[Weakness]:
    rules = {rule_id: rule for rule_id, rule in load("weaknesses") if isinstance(rule, WeaknessRule) and rule.reported_by == "secrets"}
    for file in files:
        if not _may_hold_secrets(file):
            continue
        text = project.text(file.path)
        found = _without_tables(secrets.find(text, code=file.language in CODE, said=project.words(file.path))) if text else []
        prose = _prose(project, file, text or "") if found else set()
        for secret in found:
            if secret.line in prose:
                continue
            rule_id = "any/private-key" if secret.kind == "private key" else "any/hardcoded-secret"
            yield weakness(rule_id, rules[rule_id], project.evidence(file.path, secret.line, secret.line))


def _without_tables(found: Iterable[secrets.Secret]) -> list[secrets.Secret]:
    """The secrets of a file; of a table (one name, three values and more) only the first, for the table is one weakness."""
    kept = list(found)
    counts = Counter(secret.name for secret in kept)
    first = {secret.name: secret.line for secret in reversed(kept)}
    return [s for s in kept if not s.name or counts[s.name] < TABLE or s.line == first[s.name]]


def _prose(project: Project, file: SourceFile, text: str) -> set[int]:
    """Return the lines of comments and docstrings of code: what they show is an example."""
    if file.language not in ANALYZED:
        return set()
    prose = {number for number, line in enumerate(text.split("\n"), 1) if line.lstrip().startswith(("#", "//", "*", "/*"))}
    module = project.module(file.path)
    for node in walk(module.body) if module else ():
        if isinstance(node, Evaluate) and isinstance(node.value, Literal):
            prose.update(range(node.line, node.end + 1))
    return prose


def _may_hold_secrets(file: SourceFile) -> bool:
    """Tell code, settings and key files from prose, lists and generated files."""
    name = file.path.rpartition("/")[2].lower()
    if (
        file.language in UNSEARCHED
        or name in LOCKS
        or TRANSLATIONS.search(file.path)
        or name.endswith((".min.js", ".map", ".lock", ".baseline", ".svg"))
    ):
        return False
    return file.language is not None or name.startswith(".env") or name.endswith(SETTINGS)


def _shown(path: str, wanted: set[str]) -> bool:
    return path in wanted and is_product(path)


def _unique(found: Iterable[Observed]) -> tuple[Observed, ...]:
    """Sort by place and drop repeats."""
    by_text = {observation.model_dump_json(): observation for observation in found}
    return tuple(sorted(by_text.values(), key=lambda o: (o.evidence.path, o.evidence.start, o.model_dump_json())))
