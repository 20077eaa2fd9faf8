"""Which files matter most to security by their name (seed: Security Relevance Weighting), and which to read where not all are read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_BEGINNINGS = ("login", "session", "token", "permission", "crypt", "encrypt", "decrypt", "hash", "handler", "controller", "rout")
_EXACT = frozenset({"jwt", "rbac", "acl", "acls", "key", "keys", "api", "apis", "authn", "authz"})
_AUTH = re.compile(r"o?auth(?!or(?:s|ed|ing|ship)?$)")
"""auth, authentication and authorize, but neither author nor authored."""


def is_security_relevant(path: str) -> bool:
    """Whether a file's name speaks of authentication, authorization, cryptography or request handling.

    Words are told apart by case, digits and punctuation: `userAuth.ts` and `hash_password.py` count, `monkey.py` does not.
    """
    stem = path.rpartition("/")[2].partition(".")[0]
    return any(_telling(word.lower()) for word in _WORDS.findall(stem))


def _telling(word: str) -> bool:
    return word in _EXACT or word.startswith(_BEGINNINGS) or _AUTH.match(word) is not None


def sample(paths: Iterable[str], limit: int, rank: Callable[[str], int] = lambda _: 0) -> list[str]:
    """At most `limit` of the paths, sorted: those of the lowest `rank` first, of one rank those with security-relevant names, then evenly spread.

    The same paths give the same sample; the order of the input does not matter.
    """
    ranked: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
    for path in sorted(set(paths)):
        ranked[rank(path), not is_security_relevant(path)].append(path)
    chosen: list[str] = []
    for _, group in sorted(ranked.items()):
        chosen += _spread(group, limit - len(chosen))
    return sorted(chosen)


def _spread(paths: list[str], count: int) -> list[str]:
    if count >= len(paths):
        return paths
    return [paths[index * len(paths) // count] for index in range(count)]
