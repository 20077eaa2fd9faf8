"""Which files the rules of a language can say anything of, told by the words of their text: lowering a file costs more than parsing it.

A match needs the last part of one of its names, the module before it where a name is `module.function`, and a name of each argument
that a condition asks for; a longer name needs its module somewhere in the target, for values pass from file to file. A match on tainted
values also needs a word of some source in the same file; what a source in another file reaches is followed from there.

The same holds for a function in a file that is read: what it says, and what the file says outside its functions, tells whether reading
it can show anything that its callers would not show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.pack import FAMILIES, REPORTING
from threat_modeling.codebase.rule import Match, PersonalFieldRule, SourceRule, StoreRule
from threat_modeling.codebase.rulebook import load
from threat_modeling.codebase.wanted import Inner, Wanted, Words, module_of
from threat_modeling.codebase.words import listed, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from threat_modeling.codebase.rule import Rule

_IMPORTING: Final = frozenset({"python", "javascript"})
"""Languages where a value's full name begins with a module that some file of the target imports by this name."""
_OWN: Final = frozenset({"value", "receiver", "callee", "any"})
"""Selectors that are no names of arguments."""
_KEEPS: Final = re.compile(r"(?:self|this)\.(?<!\wself\.)(?<!\wthis\.)\w+(?::[^=\n]*)? ?=(?!=)")
"""A value kept in an object: other methods find it there. What stands before is told last, so that a search can leap to the first letter."""


@cache
def modules_of_rules() -> Words:
    """Every module that a rule names: `mentioned` tells which of them a target has."""
    return frozenset(module_of(name) for family in _IMPORTING for match, _ in _reporting(family) for name in _names(match)) - {""}


def mentioned(texts: Iterable[str]) -> Words:
    """The modules of rules that any of these texts says."""
    known, found = modules_of_rules(), set[str]()
    for text in texts:
        found |= known.intersection(spaced(text).split())
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a file must say for the rules of a language to match: what is observed, and what is reached by a source that it has."""

    observed: Wanted
    sinks: Wanted
    sources: Wanted
    entries: re.Pattern[str] | None
    """Decorators whose function takes what an attacker sends."""
    vocabulary: Words
    """All words that matter to any of these."""

    def given(self, text: str, said: str, own: Words) -> bool:
        """Whether a file with this text, all its words and those of the vocabulary takes anything from outside."""
        return self.sources.found(said, own) or (self.entries is not None and self.entries.search(text) is not None)


@dataclass(frozen=True, slots=True)
class Relevance:
    """What can be told of the files of one language by their words, in a target that says these modules (None: any)."""

    language: str
    modules: Words | None = None

    @property
    def _needs(self) -> Needs:
        return _needs(FAMILIES.get(self.language, self.language), self.modules)

    def file(self, text: str, said: str | None = None) -> bool:
        """Whether any rule of the language can match in a file by what the file says itself; `said` is what `listed` says of it, if known."""
        needs, said = self._needs, listed(text) if said is None else said
        own = needs.vocabulary.intersection(said.split())
        if needs.observed.found(said, own):
            return True
        return needs.sinks.found(said, own) and needs.given(text, said, own)

    def functions(self, text: str, places: Sequence[tuple[str, int, int]], said: str | None = None) -> set[int]:
        """Which functions of a file, each a name with its first and last line, must be read for their own sake.

        The others are read where one that is read calls them. Where the file takes anything from outside, that holds for the callers
        of such a function too: what one gives back, the caller may hand to another. A function that keeps values in its object is read.
        """
        needs, said = self._needs, listed(text) if said is None else said
        lines, spaces = text.split("\n"), spaced(text).split("\n")
        spoken = [" ".join(spaces[first - 1 : last]) for _, first, last in places]
        own = [needs.vocabulary.intersection(function.split()) for function in spoken]
        around = needs.vocabulary.intersection(" ".join(_outside(spaces, places)).split())
        whole = around.union(*own)
        fed = needs.given(text, said, whole)
        inner = Inner.of((needs.observed, needs.sources, needs.sinks) if fed else (needs.observed, needs.sources), said, whole)
        keeping = "self\n" in said or "this\n" in said
        told = set[int]()
        for index, (_, first, last) in enumerate(places):
            function = "\n".join(lines[first - 1 : last])
            if inner.found(function, own[index], around) or (keeping and _KEEPS.search(function) is not None):
                told.add(index)
        return _passing(places, spoken, told) if fed else told


def _passing(places: Sequence[tuple[str, int, int]], spoken: Sequence[str], told: set[int]) -> set[int]:
    """Those told and the functions that name them, and so on; `spoken` is what each function says."""
    known = frozenset(name for name, _, _ in places)
    named = [known.intersection(said.split()) for said in spoken] if told else []
    all_told = new = told
    while new:
        names = {places[index][0] for index in new}
        new = {index for index, those in enumerate(named) if index not in all_told and not names.isdisjoint(those)}
        all_told = all_told | new
    return all_told


def _outside(lines: Sequence[str], places: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """The lines of a file that are in none of its functions."""
    end = 0
    for _, first, last in sorted(places, key=lambda place: place[1]):
        yield from lines[end : max(first - 1, 0)]
        end = max(end, last)
    yield from lines[end:]


@cache
def _needs(family: str, modules: Words | None) -> Needs:
    known = modules if family in _IMPORTING else None
    observed, sinks, sources = Wanted(modules=known), Wanted(modules=known), Wanted(modules=known)
    for match, groups in _reporting(family):
        wanted = observed if not match.tainted or match.dynamic else sinks
        for name in _names(match):
            wanted.add(name, groups, given=_given(match))
        wanted.texts += [re.compile(pattern) for pattern in match.texts]
    for model in (m for _, rule in load("personal_fields") if family in rule.languages and isinstance(rule, PersonalFieldRule) for m in rule.models):
        for name in (*model.bases, *model.decorators, *model.calls):
            observed.add(name)
    marks: set[str] = set()
    for rule in (rule for _, rule in load("sources") if family in rule.languages and isinstance(rule, SourceRule)):
        names = [name for read in rule.reads for name in read.names]
        for name in (*names, *(name for function in rule.functions for name in function.first_parameter)):
            sources.add(name, owned=True)
        marks |= {name.rpartition(".")[2] for function in rule.functions for name in (*function.decorators, *function.parameter_decorators)}
    entries = re.compile(rf"@[^\n]*\b(?:{'|'.join(sorted(marks))})\b") if marks else None
    return Needs(observed, sinks, sources, entries, observed.vocabulary | sinks.vocabulary | sources.vocabulary)


def _reporting(family: str) -> Iterator[tuple[Match, tuple[Words, ...]]]:
    """The matches of rules that report something, each with the groups of words that its conditions need."""
    for kind in REPORTING:
        for _, rule in load(kind):
            if family in rule.languages:
                yield from ((match, tuple(_groups(match))) for match in _matches(rule))


def _names(match: Match) -> tuple[str, ...]:
    return (*match.calls, *match.assigns, *match.reads, *match.decorators, *match.imports, *match.bases, *match.keys, *match.returns)


def _given(match: Match) -> re.Pattern[str] | None:
    """What a call says that passes the named arguments a match asks for; None where it takes any, or those at a place."""
    names = [name for name in match.tainted if name == "**" or (name.isidentifier() and name not in _OWN)]
    return re.compile("|".join(map(re.escape, names))) if names and len(names) == len(match.tainted) else None


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
