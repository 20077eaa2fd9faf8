"""Which files the rules of a language can say anything of, told by the words of their text: lowering a file costs more than parsing it.

A match needs the last part of one of its names, the module before it where a name is `module.function`, and a name of each argument
that a condition asks for; a longer name needs its module somewhere in the target, for values pass from file to file. A match on tainted
values also needs a word of some source in the same file; what a source in another file reaches is followed from there.

The same holds for a function in a file that is read: what it says, and what the file says outside its functions, tells whether reading
it can show anything that its callers would not show.
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
    from collections.abc import Iterable, Iterator, Sequence

    from threat_modeling.codebase.rule import Rule

Words = frozenset[str]
_SEPARATORS: Final = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_BOUND: Final = frozenset({"req"})
"""Heads of names that destructured parameters stand for: they are not in the text."""
_IMPORTING: Final = frozenset({"python", "javascript"})
"""Languages where a value's full name begins with a module that some file of the target imports by this name."""
_OWN: Final = frozenset({"value", "receiver", "callee", "any"})
"""Selectors that are no names of arguments."""
_KEEPS: Final = re.compile(r"\b(?:self|this)\.\w+(?::[^=\n]*)? ?=(?!=)")
"""A value kept in an object: other methods find it there."""


def words(text: str) -> Words:
    """Every identifier, number and word of a text."""
    return frozenset(text.translate(_SEPARATORS).split())


def module_of(pattern: str) -> str:
    """The module of a name of three parts and more, "" where its first part may be any or stands for something else."""
    *before, _ = pattern.split(".")
    return before[0] if len(before) > 1 and before[0].isidentifier() and before[0] not in _BOUND else ""


@cache
def modules_of_rules() -> Words:
    """Every module that a rule names: `mentioned` tells which of them a target has."""
    return frozenset(module_of(name) for family in _IMPORTING for match, _ in _reporting(family) for name in _names(match)) - {""}


def mentioned(texts: Iterable[str]) -> Words:
    """The modules of rules that any of these texts says."""
    known, found = modules_of_rules(), set[str]()
    for text in texts:
        found |= known & words(text)
    return frozenset(found)


@dataclass(slots=True)
class Wanted:
    """What a text must hold for one of many names to match; `always` where a name has no word of its own."""

    sets: dict[str, list[tuple[Words, tuple[Words, ...]]]] = field(default_factory=lambda: defaultdict(list))
    """A word -> the words that must all be there with it, and groups of which one must be there."""
    pieces: set[str] = field(default_factory=set)
    """Parts of words: names with a `*` in their last part."""
    texts: list[re.Pattern[str]] = field(default_factory=list)
    """What code must say where no name does: a file may take the parts of a text from others, so only functions are told by it."""
    always: bool = False
    modules: Words | None = None
    """The modules that the target says; None where that is not known."""

    def add(self, pattern: str, groups: tuple[Words, ...] = (), *, owned: bool = False, given: re.Pattern[str] | None = None) -> None:
        """Take one more name, with the groups of words that its conditions need; `owned` where its owner is always named too.

        `given` is what a call says that passes what the match asks for: it tells where the name itself says no word.
        """
        if self.modules is not None and (module := module_of(pattern)) and module not in self.modules:
            return
        *before, tail = pattern.replace("()", "").replace("[]", "").split(".")
        if set(tail) & set("*?["):
            self._open(tail, before, groups, given)
            return
        needed = set(re.findall(r"\w+", tail))
        head = before[-1] if before else ""
        if head.isidentifier() and head not in _BOUND and (owned or len(before) == 1 or before[0] == "*"):
            needed.add(head)
        if needed:
            self.sets[max(needed, key=len)].append((frozenset(needed), groups))
        else:
            self.always = True

    def _open(self, tail: str, before: list[str], groups: tuple[Words, ...], given: re.Pattern[str] | None) -> None:
        longest = max(re.findall(r"\w+", re.sub(r"\[[^\]]*\]", " ", tail)), key=len, default="")
        owner = frozenset(word for part in before if "*" not in part for word in re.findall(r"\w+", part))
        if longest:
            self.pieces.add(longest)
        elif owner:
            self.sets[max(owner, key=len)].append((owner, groups))
        elif parts := [word for part in before for word in re.findall(r"\w+", part)]:
            self.pieces.add(max(parts, key=len))
        elif given is not None:
            self.texts.append(given)
        else:
            self.always = True

    def found(self, text: str, own: Words, inner: Words | None = None) -> bool:
        """Whether a text with these words holds what is wanted; `inner`, of a function, are those of which one must be among it."""
        if self.always or any(piece in text for piece in self.pieces):
            return True
        if self.texts and (inner is None or any(pattern.search(text) for pattern in self.texts)):
            return True
        return any(
            needed <= own and not any(group.isdisjoint(own) for group in groups) and (inner is None or not needed.isdisjoint(inner))
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

    def given(self, text: str, own: Words) -> bool:
        """Whether a text with these words takes anything from outside."""
        return self.sources.found(text, own) or (self.entries is not None and self.entries.search(text) is not None)

    def shows(self, text: str, own: Words, around: Words, *, fed: bool) -> bool:
        """Whether a function keeps values in its object, or says what is observed, given or (where the file is `fed`) reached."""
        wanted = (self.observed, self.sources, self.sinks) if fed else (self.observed, self.sources)
        return _KEEPS.search(text) is not None or any(w.found(text, own | around, own) for w in wanted)


@dataclass(frozen=True, slots=True)
class Relevance:
    """What can be told of the files of one language by their words, in a target that says these modules (None: any)."""

    language: str
    modules: Words | None = None

    @property
    def _needs(self) -> Needs:
        return _needs(FAMILIES.get(self.language, self.language), self.modules)

    def file(self, text: str) -> bool:
        """Whether any rule of the language can match in a file by what the file says itself."""
        needs, own = self._needs, words(text)
        if needs.observed.found(text, own):
            return True
        return needs.sinks.found(text, own) and needs.given(text, own)

    def functions(self, text: str, places: Sequence[tuple[str, int, int]]) -> set[int]:
        """Which functions of a file, each a name with its first and last line, must be read for their own sake.

        The others are read where one that is read calls them. Where the file takes anything from outside, that holds for the callers
        of such a function too: what one gives back, the caller may hand to another.
        """
        needs, lines = self._needs, text.split("\n")
        inside = {number for _, first, last in places for number in range(first, last + 1)}
        around = words("\n".join(line for number, line in enumerate(lines, 1) if number not in inside))
        fed = needs.given(text, words(text))
        texts = ["\n".join(lines[first - 1 : last]) for _, first, last in places]
        own = [words(said) for said in texts]
        told = {index for index, said in enumerate(texts) if needs.shows(said, own[index], around, fed=fed)}
        new = set(told) if fed else set()
        while new:
            names = {places[index][0] for index in new}
            new = {index for index, said in enumerate(own) if index not in told and not names.isdisjoint(said)}
            told |= new
        return told


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
    return Needs(observed, sinks, sources, re.compile(rf"@[^\n]*\b(?:{'|'.join(sorted(marks))})\b") if marks else None)


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
