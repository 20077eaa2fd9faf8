"""All rules of one language, indexed by the names they look for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from threat_modeling.codebase.rule import (
    Cleaner,
    EntryFunction,
    Match,
    Prefix,
    Read,
    Rule,
    SanitizerRule,
    SourceRule,
    StoreRule,
)
from threat_modeling.codebase.rulebook import Index, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.rule import Kind

FAMILIES = {"jsx": "javascript", "typescript": "javascript", "tsx": "javascript", "kotlin": "java", "erb": "ruby"}
"""Languages that share the rules of another."""

REPORTING: tuple[Kind, ...] = ("weaknesses", "controls", "stores", "external_calls")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One match of one rule; `operation` is connect, read or write for a data store."""

    id: str
    kind: Kind
    rule: Rule
    match: Match
    operation: str = ""


@dataclass(slots=True)
class Pack:
    """The rules of one language, ready to be asked for a name."""

    calls: Index[Entry] = field(default_factory=Index)
    assigns: Index[Entry] = field(default_factory=Index)
    reads: Index[Entry] = field(default_factory=Index)
    decorators: Index[Entry] = field(default_factory=Index)
    imports: Index[Entry] = field(default_factory=Index)
    bases: Index[Entry] = field(default_factory=Index)
    keys: Index[Entry] = field(default_factory=Index)
    returns: Index[Entry] = field(default_factory=Index)
    texts: list[tuple[re.Pattern[str], Entry]] = field(default_factory=list)
    sources: Index[tuple[str, Read]] = field(default_factory=Index)
    functions: list[tuple[str, EntryFunction]] = field(default_factory=list)
    results: Index[Cleaner] = field(default_factory=Index)
    guards: Index[Cleaner] = field(default_factory=Index)
    prefixes: list[tuple[re.Pattern[str], Prefix]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Register one match under every name it looks for."""
        for place in ("calls", "assigns", "reads", "decorators", "imports", "bases", "keys", "returns"):
            for pattern in getattr(entry.match, place):
                getattr(self, place).add(pattern, entry)
        self.texts.extend((re.compile(pattern), entry) for pattern in entry.match.texts)

    def add_source(self, rule_id: str, rule: SourceRule) -> None:
        """Register what a framework hands over."""
        for read in rule.reads:
            for pattern in read.names:
                self.sources.add(pattern, (rule_id, read))
        self.functions.extend((rule_id, function) for function in rule.functions)

    def add_sanitizer(self, rule: SanitizerRule) -> None:
        """Register what makes values safe."""
        for index, cleaners in ((self.results, rule.results), (self.guards, rule.guards)):
            for cleaner in cleaners:
                for pattern in cleaner.calls:
                    index.add(pattern, cleaner)
        self.prefixes.extend((re.compile(prefix.pattern), prefix) for prefix in rule.prefixes)


Extra = tuple[tuple["Kind", str, Rule], ...]
"""Rules beside those of the product: (kind, full id, rule)."""


@cache
def pack(language: str) -> Pack:
    """All rules for a language (a member of a family gets the family's)."""
    return pack_with(language, ())


def pack_with(language: str, extra: Extra) -> Pack:
    """All rules for a language, and others beside them, which stand in the place of rules with the same id."""
    family = FAMILIES.get(language, language)
    result = Pack()
    for kind in REPORTING:
        for rule_id, rule in _rules(kind, family, extra):
            for entry in _entries(rule_id, kind, rule):
                result.add(entry)
    for rule_id, rule in _rules("sources", family, extra):
        if isinstance(rule, SourceRule):
            result.add_source(rule_id, rule)
    for _, rule in _rules("sanitizers", family, extra):
        if isinstance(rule, SanitizerRule):
            result.add_sanitizer(rule)
    return result


def with_extra(kind: Kind, extra: Extra) -> list[tuple[str, Rule]]:
    """Every rule of a kind with its id: the product's, then the others, which stand in the place of those with the same id."""
    own = [(rule_id, rule) for other, rule_id, rule in extra if other == kind]
    taken = {rule_id for rule_id, _ in own}
    return [*(entry for entry in load(kind) if entry[0] not in taken), *own]


def _rules(kind: Kind, family: str, extra: Extra) -> Iterator[tuple[str, Rule]]:
    for rule_id, rule in with_extra(kind, extra):
        if family in rule.languages:
            yield rule_id, rule


def _entries(rule_id: str, kind: Kind, rule: Rule) -> Iterable[Entry]:
    yield from (Entry(rule_id, kind, rule, match) for match in rule.match)
    if isinstance(rule, StoreRule):
        for operation in ("connect", "read", "write"):
            yield from (Entry(rule_id, kind, rule, match, operation) for match in getattr(rule, operation))
