"""Which file of the target a class is loaded from: composer's PSR-4 folders, else the path that ends like the name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from threat_modeling.codebase.languages import Files

MAX_MANIFESTS: Final = 200


class Autoload:
    """The PHP files of one target by the class they are loaded for."""

    def __init__(self, files: Files) -> None:
        self._paths: Collection[str] = files.paths
        self._by_name: dict[str, list[str]] = {}
        for path in sorted(files.paths):
            if path.endswith(".php"):
                self._by_name.setdefault(path.rpartition("/")[2].removesuffix(".php").lower(), []).append(path)
        self._roots = sorted(_roots(files), key=lambda root: -len(root[0]))

    def resolve(self, importer: str, module: str) -> str | None:
        """The file of a class with its namespace in dots."""
        for namespace, folder in self._roots:
            if module.startswith(namespace) or not namespace:
                path = f"{folder}{module[len(namespace) :].replace('.', '/')}.php"
                if path in self._paths:
                    return path
        return self._nearest(importer, module)

    def _nearest(self, importer: str, module: str) -> str | None:
        """The file of that name whose folders agree most with the namespace, then with the importer's place."""
        parts = module.lower().split(".")
        found = self._by_name.get(parts[-1], ())

        def agreement(path: str) -> tuple[int, int]:
            folders = path.lower().removesuffix(".php").split("/")
            same = 0
            for own, other in zip(reversed(parts), reversed(folders), strict=False):
                if own != other:
                    break
                same += 1
            return same, _shared(importer, path)

        best = max(found, key=agreement, default=None)
        needed = 2 if len(parts) > 2 else 1
        return best if best is not None and (agreement(best)[0] >= needed or (len(found) == 1 and len(parts) <= 2)) else None


def _roots(files: Files) -> Iterator[tuple[str, str]]:
    """Namespace and folder of each `psr-4` entry, both as prefixes."""
    manifests = sorted(path for path in files.paths if path.rpartition("/")[2] == "composer.json")[:MAX_MANIFESTS]
    for path in manifests:
        folder = path.rpartition("/")[0]
        try:
            content = json.loads(files.text(path) or "{}")
        except (ValueError, RecursionError):
            continue
        for section in ("autoload", "autoload-dev"):
            mapped = content.get(section) if isinstance(content, dict) else None
            standard = mapped.get("psr-4") if isinstance(mapped, dict) else None
            for namespace, folders in standard.items() if isinstance(standard, dict) else ():
                for one in folders if isinstance(folders, list) else [folders]:
                    if isinstance(one, str):
                        below = "/".join(filter(None, (folder, one.strip("/").removeprefix("./"))))
                        yield namespace.replace("\\", "."), f"{below}/" if below else ""


def _shared(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left.split("/"), right.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count
