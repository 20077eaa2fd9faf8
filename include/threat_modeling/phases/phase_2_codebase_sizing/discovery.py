"""Finds components: by the names of folders, by project markers, and where nothing matches by size (seed: Component Discovery)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from threat_modeling.phases.phase_2_codebase_sizing.partition import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.phases.phase_2_codebase_sizing.artifacts import ComponentType
    from threat_modeling.phases.phase_2_codebase_sizing.tree import FolderTree

HEURISTICS: dict[ComponentType, tuple[str, ...]] = {
    "backend": ("api", "backend", "server", "cmd", "pkg"),
    "frontend": ("ui", "frontend", "web", "client", "src"),
    "infrastructure": ("infra", "devops", "terraform", "cloudformation"),
    "shared": ("shared", "common", "lib", "utils"),
}
"""The seed's folder names; a name matches as a whole word, so `web-client` and `api_v2` do and `webhooks` does not."""

_TYPE_OF: dict[str, ComponentType] = {name: kind for kind, names in HEURISTICS.items() for name in names}
MOST = 40
"""Components that are told apart; smaller ones are among what no other component holds."""
_DOMINANT = 0.9
"""A single folder that holds this share of the files is only a wrapper: components are looked for inside it."""


def discover(tree: FolderTree, root: str) -> list[Part]:
    """A partition of everything below the root, in path order; the files that no folder of it holds are the last part, if there are any."""
    found = list(_matching(tree, root)) or list(_largest(tree, root))
    largest = sorted(found, key=lambda part: (-tree.files(part.path), part.path))[:MOST]
    found = [part for part in found if part in largest]
    rest = tree.files(root) - sum(tree.files(part.path) for part in found)
    if rest or not found:
        reason = "what no other component holds" if found else "no folder stands out: the code is one component"
        found.append(Part(root, "other", reason))
    return found


def unwrapped(tree: FolderTree, root: str) -> str:
    """The folder in which the components lie: the root, or what is inside folders that hold nearly everything."""
    while True:
        children = [c for c in tree.children(root) if tree.files(c) >= _DOMINANT * tree.files(root)]
        if len(children) != 1 or _named(children[0]) or tree.marker(children[0]) or not tree.children(children[0]):
            return root
        root = children[0]


def _matching(tree: FolderTree, root: str) -> Iterator[Part]:
    """Folders named as the seed says on the top level, and folders with a marker on any level; never one inside another."""
    top = set(tree.children(unwrapped(tree, root)))
    stack = tree.children(root)[::-1]
    while stack:
        folder = stack.pop()
        marker = tree.marker(folder)
        word = _named(folder) if folder in top else None
        if word:
            yield Part(folder, _TYPE_OF[word], f"folder name {word}")
        elif marker:
            yield Part(folder, "other", f"marker {marker}")
        else:
            stack.extend(tree.children(folder)[::-1])


def _largest(tree: FolderTree, root: str) -> Iterator[Part]:
    """The two or three largest folders of the top level (seed: Component Discovery Failure): a third only where it holds a tenth."""
    top = unwrapped(tree, root)
    folders = sorted(tree.children(top), key=lambda f: (-tree.files(f), f))
    chosen = folders[:2] + [f for f in folders[2:3] if tree.files(f) >= tree.files(top) / 10]
    for folder in sorted(chosen):
        yield Part(folder, "other", "one of the largest folders: no name or marker tells components")


def _named(folder: str) -> str | None:
    words = re.split(r"[^a-z0-9]+", folder.rpartition("/")[2].lower())
    return next((word for word in words if word in _TYPE_OF), None)
