"""Which file of the target an import of JavaScript names.

Relative paths, index files, left-out and rewritten extensions (`./a.js` may be a.ts), `paths` and `baseUrl` of the nearest
tsconfig.json or jsconfig.json, packages of the same workspace by name, `#` imports of package.json, and the `@/` and `~/` that
bundlers map to the source folder. A module that is installed from a registry is no file of the target: None.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

EXTENSIONS: Final = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".json", ".vue", ".svelte")
_CONFIGS: Final = ("tsconfig.json", "jsconfig.json")
_OUTPUT: Final = re.compile(r"(^|/)(?:dist|build|lib|out)(?=/)")
_COMMENT: Final = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*[\s\S]*?\*/')
_TRAILING: Final = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')
_MAX_EXTENDS: Final = 5


def lenient_json(text: str) -> dict[str, Any]:
    """An object of JSON with comments and trailing commas; {} for anything else."""
    plain = _TRAILING.sub(lambda m: m[1] or "", _COMMENT.sub(lambda m: m[1] or "", text))
    try:
        found = json.loads(plain)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of package.json's `exports` or `imports`, conditions opened."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            yield current
        elif isinstance(current, dict):
            stack.extend(list(current.values())[::-1])
        elif isinstance(current, list):
            stack.extend(current[::-1])


def _folder(path: str) -> str:
    return dirname(path)


def _within(path: str) -> str | None:
    """The normalized path, or None where it leaves the target."""
    clean = normpath(path)
    return None if clean == ".." or clean.startswith(("../", "/")) else "" if clean == "." else clean


class Resolution:
    """Resolves imports between the files of one target; configurations are read once each."""

    def __init__(self, files: Collection[str], text: Callable[[str], str | None]) -> None:
        """`files` are paths below the target, `text` reads one of them."""
        self._files = frozenset(files)
        self._text = text
        self._json: dict[str, dict[str, Any]] = {}
        self._aliases: dict[str, tuple[str | None, tuple[tuple[str, tuple[str, ...]], ...]]] = {}

    def resolve(self, importer: str, module: str) -> str | None:
        """The file that `module`, as written in `importer`, names."""
        module = module.split("?", maxsplit=1)[0]
        if module.startswith((".", "/")):
            base = module.lstrip("/") if module.startswith("/") else join(_folder(importer), module)
            return self._file(base)
        for candidate in self._candidates(importer, module):
            found = self._file(candidate)
            if found:
                return found
        return None

    def _candidates(self, importer: str, module: str) -> Iterator[str]:
        base, aliases = self._aliases_of(importer)
        for pattern, targets in aliases:
            start, star, end = pattern.partition("*")
            if module == pattern or (star and module.startswith(start) and module.endswith(end) and len(module) >= len(start) + len(end)):
                middle = module[len(start) : len(module) - len(end)]
                yield from (target.replace("*", middle) for target in targets)
        if base is not None:
            yield join(base, module)
        if module.startswith("#"):
            yield from self._private(importer, module)
        if module.startswith(("@/", "~/")):
            for folder in self._upward(importer):
                yield join(folder, "src", module[2:])
                yield join(folder, module[2:])
        yield from self._workspace(module)

    def _file(self, base: str) -> str | None:
        path = _within(base)
        if path is None:
            return None
        if path in self._files:
            return path
        stem = re.sub(r"\.[mc]?jsx?$", "", path)
        for start in dict.fromkeys((path, stem)):
            for extension in EXTENSIONS:
                if start + extension in self._files:
                    return start + extension
        for extension in EXTENSIONS:
            index = join(path, "index") + extension
            if index in self._files:
                return index
        return self._entry(path) if join(path, "package.json") in self._files else None

    def _entry(self, folder: str, part: str = "") -> str | None:
        """The file that a package's folder stands for; what is built is looked up in its sources."""
        package = self._read(join(folder, "package.json"))
        exports = package.get("exports")
        named = exports.get("./" + part if part else ".", exports if not part else None) if isinstance(exports, dict) else exports
        wanted = [] if part else [v for key in ("source", "module", "main", "types") for v in _texts(package.get(key))]
        for target in [*wanted, *_texts(named), part or "index", join("src", part or "index")]:
            for guess in (target, _OUTPUT.sub(r"\1src", target), "src/" + target.removeprefix("./")):
                found = _within(join(folder, guess))
                match = found and self._plain(found)
                if match:
                    return match
        return None

    def _plain(self, path: str) -> str | None:
        stem = re.sub(r"\.(?:d\.ts|[mc]?[jt]sx?)$", "", path)
        candidates = [path, *(stem + e for e in EXTENSIONS), *(join(path, "index") + e for e in EXTENSIONS)]
        return next((candidate for candidate in candidates if candidate in self._files), None)

    def _read(self, path: str) -> dict[str, Any]:
        if path not in self._json:
            text = self._text(path) if path in self._files else None
            self._json[path] = lenient_json(text) if text else {}
        return self._json[path]

    def _upward(self, importer: str) -> Iterator[str]:
        folder = _folder(importer)
        while folder:
            yield folder
            folder = _folder(folder)
        yield ""

    def _aliases_of(self, importer: str) -> tuple[str | None, tuple[tuple[str, tuple[str, ...]], ...]]:
        """`baseUrl` and `paths` of the nearest configuration, as paths below the target."""
        folder = _folder(importer)
        if folder not in self._aliases:
            configs = (join(f, name) for f in self._upward(importer) for name in _CONFIGS)
            config = next((path for path in configs if path in self._files), None)
            self._aliases[folder] = self._config(config, _MAX_EXTENDS) if config else (None, ())
        return self._aliases[folder]

    def _config(self, path: str, depth: int) -> tuple[str | None, tuple[tuple[str, tuple[str, ...]], ...]]:
        content = self._read(path)
        options = content.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        base, paths = options.get("baseUrl"), options.get("paths")
        root = join(_folder(path), base) if isinstance(base, str) else None
        aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if isinstance(paths, dict):
            start = root if root is not None else _folder(path)
            aliases = tuple((k, tuple(join(start, t) for t in v if isinstance(t, str))) for k, v in paths.items() if isinstance(v, list))
        if (aliases and root is not None) or not depth:
            return root, aliases
        for parent in [*_texts(content.get("extends")), *self._references(content)]:
            file = _within(join(_folder(path), parent))
            known = next((f for f in (file, f"{file}.json", f"{file}/tsconfig.json") if f in self._files), None) if file else None
            if known and known != path:
                above, inherited = self._config(known, depth - 1)
                root, aliases = (root if root is not None else above), (aliases or inherited)
        return root, aliases

    @staticmethod
    def _references(content: dict[str, Any]) -> list[str]:
        references = content.get("references")
        return [r["path"] for r in references if isinstance(r, dict) and isinstance(r.get("path"), str)] if isinstance(references, list) else []

    def _private(self, importer: str, module: str) -> Iterator[str]:
        for folder in self._upward(importer):
            imports = self._read(join(folder, "package.json")).get("imports")
            if isinstance(imports, dict):
                for pattern, target in imports.items():
                    start, star, end = pattern.partition("*")
                    if module == pattern or (star and module.startswith(start) and module.endswith(end)):
                        middle = module[len(start) : len(module) - len(end)]
                        yield from (join(folder, path.replace("*", middle)) for path in _texts(target))
                return

    @cached_property
    def _packages(self) -> dict[str, str]:
        """Name of each package of the target -> its folder."""
        manifests = sorted(path for path in self._files if path.rsplit("/", 1)[-1] == "package.json")
        named = ((self._read(path).get("name"), _folder(path)) for path in manifests)
        return {name: folder for name, folder in named if isinstance(name, str) and name}

    def _workspace(self, module: str) -> Iterator[str]:
        parts = module.split("/")
        size = 2 if module.startswith("@") else 1
        folder = self._packages.get("/".join(parts[:size]))
        if folder is not None:
            entry = self._entry(folder, "/".join(parts[size:]))
            if entry:
                yield entry
