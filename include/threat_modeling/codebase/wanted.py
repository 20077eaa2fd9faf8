"""What a text must hold for one of many names of rules to match in it, told by its words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.rulebook import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Words = frozenset[str]
_BOUND: Final = frozenset({"req"})
"""Heads of names that destructured parameters stand for: they are not in the text."""


def module_of(pattern: str) -> str:
    """The module of a name of three parts and more, "" where its first part may be any or stands for something else."""
    *before, _ = pattern.split(".")
    return before[0] if len(before) > 1 and before[0].isidentifier() and before[0] not in _BOUND else ""


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
        if is_open(tail):
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

    def found(self, said: str, own: Words) -> bool:
        """Whether a file that says all this, see `listed`, and of the vocabulary these words holds what is wanted."""
        return self.always or bool(self.texts) or any(map(said.__contains__, self.pieces)) or next(self.possible(own), None) is not None

    def possible(self, own: Words) -> Iterator[tuple[Words, tuple[Words, ...]]]:
        """The sets, with their groups, that are among these words."""
        for word in own & self.sets.keys():
            for needed, groups in self.sets[word]:
                if needed <= own and not any(group.isdisjoint(own) for group in groups):
                    yield needed, groups

    @property
    def vocabulary(self) -> Words:
        """All words that matter to it."""
        return frozenset(word for sets in self.sets.values() for needed, groups in sets for some in (needed, *groups) for word in some)


@dataclass(frozen=True, slots=True)
class Inner:
    """What of several wanted things the functions of one file can hold, worked out once for all of them."""

    pieces: tuple[str, ...]
    texts: tuple[re.Pattern[str], ...]
    sets: dict[str, list[tuple[Words, tuple[Words, ...]]]]
    """A word -> the sets that it is one of, with their groups."""
    always: bool

    @classmethod
    def of(cls, wanted: Sequence[Wanted], said: str, own: Words) -> Inner:
        """That of a file that says all this, and of the vocabulary these words."""
        sets: defaultdict[str, list[tuple[Words, tuple[Words, ...]]]] = defaultdict(list)
        for needed, groups in (found for one in wanted for found in one.possible(own)):
            for word in needed:
                sets[word].append((needed, groups))
        pieces = tuple(piece for one in wanted for piece in one.pieces if piece in said)
        return cls(pieces, tuple(pattern for one in wanted for pattern in one.texts), sets, any(one.always for one in wanted))

    def found(self, text: str, own: Words, around: Words) -> bool:
        """Whether a function holds any of it: of the words that it shares with what is `around` functions, one must be its `own`."""
        if self.always or any(map(text.__contains__, self.pieces)) or any(pattern.search(text) for pattern in self.texts):
            return True
        words = own & self.sets.keys()
        said = own | around if words else own
        return any(needed <= said and not any(group.isdisjoint(said) for group in groups) for word in words for needed, groups in self.sets[word])
