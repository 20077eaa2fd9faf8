"""Which files the rules of a language can say anything of, told by the words of their text: lowering a file costs more than parsing it.

A match needs the last part of one of its names, the module before it where a name is `module.function`, and a name of each argument
that a condition asks for. A match on tainted values also needs a word of some source in the same file; what a source in another file
reaches is followed from there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.pack import FAMILIES, REPORTING
from threat_modeling.codebase.rule import Match, PersonalFieldRule, SourceRule, StoreRule
from threat_modeling.codebase.rulebook import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.rule import Rule

Words = frozenset[str]
_SEPARATORS: Final = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_BOUND: Final = frozenset({"req"})
"""Heads of names that destructured parameters stand for: they are not in the text."""
_OWN: Final = frozenset({"value", "receiver", "callee", "any"})
"""Selectors that are no names of arguments."""


def words(text: str) -> Words:
    """Every identifier, number and word of a text."""
    return frozenset(text.translate(_SEPARATORS).split())


@dataclass(slots=True)
class Wanted:
    """What a text must hold for one of many names to match; `always` where a name has no word of its own."""

    sets: dict[str, list[tuple[Words, tuple[Words, ...]]]] = field(default_factory=lambda: defaultdict(list))
    """A word -> the words that must all be there with it, and groups of which one must be there."""
    pieces: set[str] = field(default_factory=set)
    """Parts of words: names with a `*` in their last part."""
    always: bool = False

    def add(self, pattern: str, groups: tuple[Words, ...] = (), *, owned: bool = False) -> None:
        """Take one more name, with the groups of words that its conditions need; `owned` where its owner is always named too."""
        *before, tail = pattern.replace("()", "").replace("[]", "").split(".")
        if set(tail) & set("*?["):
            self._open(tail, frozenset(part for part in before if part.isidentifier()), groups)
            return
        needed = set(re.findall(r"\w+", tail))
        head = before[-1] if before else ""
        if head.isidentifier() and head not in _BOUND and (owned or len(before) == 1 or before[0] == "*"):
            needed.add(head)
        if needed:
            self.sets[max(needed, key=len)].append((frozenset(needed), groups))
        else:
            self.always = True

    def _open(self, tail: str, modules: Words, groups: tuple[Words, ...]) -> None:
        longest = max(re.findall(r"\w+", re.sub(r"\[[^\]]*\]", " ", tail)), key=len, default="")
        if longest:
            self.pieces.add(longest)
        elif modules:
            self.sets[max(modules, key=len)].append((modules, groups))
        else:
            self.always = True

    def found(self, text: str, own: Words) -> bool:
        """Whether a text with these words holds what is wanted."""
        if self.always or any(piece in text for piece in self.pieces):
            return True
        return any(
            needed <= own and not any(group.isdisjoint(own) for group in groups)
            for word in own & self.sets.keys()
            for needed, groups in self.sets[word]
        )


@dataclass(frozen=True, slots=True)
class Needs:
    """What a file must say for the rules of a language to match: what is observed, and what is reached by a source that it has."""

    observed: Wanted
    sinks: Wanted
    sources: Wanted
    entries: re.Pattern[str] | None
    """Decorators whose function takes what an attacker sends."""


def relevant(language: str, text: str) -> bool:
    """Whether any rule of the language can match in a file by what the file says itself."""
    needs, own = _needs(FAMILIES.get(language, language)), words(text)
    if needs.observed.found(text, own):
        return True
    if not needs.sinks.found(text, own):
        return False
    return needs.sources.found(text, own) or (needs.entries is not None and needs.entries.search(text) is not None)


@cache
def _needs(family: str) -> Needs:
    observed, sinks, sources = Wanted(), Wanted(), Wanted()
    for match in (m for kind in REPORTING for _, rule in load(kind) if family in rule.languages for m in _matches(rule)):
        wanted = observed if not match.tainted or match.dynamic else sinks
        groups = tuple(_groups(match))
        for name in (*match.calls, *match.assigns, *match.reads, *match.decorators, *match.imports, *match.bases, *match.keys, *match.returns):
            wanted.add(name, groups)
        wanted.always = wanted.always or bool(match.texts)
    for model in (m for _, rule in load("personal_fields") if family in rule.languages and isinstance(rule, PersonalFieldRule) for m in rule.models):
        for name in (*model.bases, *model.decorators, *model.calls):
            observed.add(name)
    marks: set[str] = set()
    for rule in (rule for _, rule in load("sources") if family in rule.languages and isinstance(rule, SourceRule)):
        names = [name for read in rule.reads for name in read.names]
        for name in (*names, *(name for function in rule.functions for name in function.first_parameter)):
            sources.add(name, owned=True)
        marks |= {name.rpartition(".")[2] for function in rule.functions for name in (*function.decorators, *function.parameter_decorators)}
    return Needs(observed, sinks, sources, re.compile(rf"@[^\n]*\b(?:{'|'.join(sorted(marks))})\b") if marks else None)


def _matches(rule: Rule) -> Iterator[Match]:
    yield from rule.match
    if isinstance(rule, StoreRule):
        yield from (*rule.connect, *rule.read, *rule.write)


def _groups(match: Match) -> Iterable[Words]:
    """For each condition on an argument by its name alone: the names, of which the text must hold one."""
    for condition in match.where:
        names = {selector.rpartition(".")[2] for selector in condition.argument}
        told = condition.context is None and condition.absent is not True and not condition.negate
        if told and names and all(name.isidentifier() for name in names) and not names & _OWN:
            yield frozenset(names)
    if match.needs:
        yield frozenset(match.needs)
