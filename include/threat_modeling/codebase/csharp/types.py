"""Where the types of a target are declared."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_TYPE: Final = re.compile(r"\b(?:class|record(?:\s+(?:struct|class))?|struct|interface|enum)\s+([A-Za-z_]\w*)")


class Types:
    """Types by name: of those with one name the one that is nearest to the importer counts."""

    def __init__(self, paths: Collection[str], text: Callable[[str], str | None]) -> None:
        self._paths: dict[str, list[str]] = defaultdict(list)
        for path in sorted(paths):
            if path.endswith(".cs"):
                for name in dict.fromkeys(_TYPE.findall(text(path) or "")):
                    self._paths[name].append(path)

    def declaring(self, importer: str, name: str) -> str | None:
        """The file that declares a type, other than the importer."""
        found = [path for path in self._paths.get(name, ()) if path != importer]
        return min(found, key=lambda path: (-_shared(importer, path), path), default=None)

    def all(self, name: str) -> list[str]:
        """Every file that declares a type of this name, or a part of it."""
        return self._paths.get(name, [])


def _shared(left: str, right: str) -> int:
    return len(posixpath.commonprefix([posixpath.dirname(left).split("/"), posixpath.dirname(right).split("/")]))
