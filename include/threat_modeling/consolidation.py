"""One name for one thing, and one record for findings that several agents made (seed: Consolidation Between Parallel Runs)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")


@cache
def _terms() -> dict[str, str]:
    document = yaml.safe_load((files("threat_modeling") / "catalog" / "terms.yaml").read_text("utf-8"))
    return {_folded(word): name for name, words in document.items() for word in (name, *words)}


def _folded(term: str) -> str:
    return " ".join(term.lower().replace("_", " ").replace("-", " ").split())


def canonical_term(term: str) -> str:
    """The catalog's name for a term ("token verification" is "JWT validation"); a term that the catalog lacks stays as it is."""
    return _terms().get(_folded(term), term)


def merged(findings: Iterable[T], key: Callable[[T], Hashable], merge: Callable[[T, T], T]) -> list[T]:
    """One finding for each key, in the order of first sight; equal keys are merged, so none is dropped without a trace."""
    found: dict[Hashable, T] = {}
    for finding in findings:
        k = key(finding)
        found[k] = merge(found[k], finding) if k in found else finding
    return list(found.values())
