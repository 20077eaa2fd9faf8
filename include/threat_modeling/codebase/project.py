"""One target as every reader sees it: files, texts, syntax trees and what names mean across files, each read once."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from msgspec.structs import replace

from threat_modeling.codebase.bindings import Bound, bindings, exported
from threat_modeling.codebase.languages import languages
from threat_modeling.codebase.naming import CODE
from threat_modeling.codebase.observations import Skip
from threat_modeling.codebase.read import ReadSkipped, read_text
from threat_modeling.codebase.syntax import Class, Import, Module, Name, dotted
from threat_modeling.codebase.walk import Finder, walk
from threat_modeling.codebase.words import listed, needed
from threat_modeling.evidence import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from threat_modeling.codebase.trees import Trees
    from threat_modeling.codebase.walk import SourceFile, Walk
    from threat_modeling.model import Evidence

REMEMBERED_TEXT: Final = 100_000_000
REMEMBERED_WORDS: Final = 25_000_000
REMEMBERED_TREES: Final = 15_000_000
"""Characters of source whose text, and whose syntax tree, is kept, and of lists of words; a tree takes about 20 times its source."""
ENTRY: Final = 500
"""Characters that keeping anything of a file counts at least: what is kept of a million tiny files is large."""

_HEAD = re.compile(r"[^.\[(]+")
_Kept = TypeVar("_Kept")


class _Memory(Generic[_Kept]):
    """The latest results by path, up to a total weight."""

    def __init__(self, limit: int) -> None:
        self._limit, self._weight = limit, 0
        self._kept: OrderedDict[str, tuple[int, _Kept]] = OrderedDict()

    def __contains__(self, path: str) -> bool:
        return path in self._kept

    def __getitem__(self, path: str) -> _Kept:
        self._kept.move_to_end(path)
        return self._kept[path][1]

    def keep(self, path: str, weight: int, kept: _Kept) -> _Kept:
        self._kept[path] = (weight + ENTRY, kept)
        self._weight += weight + ENTRY
        while self._weight > self._limit and len(self._kept) > 1:
            self._weight -= self._kept.popitem(last=False)[1][0]
        return kept


@dataclass(slots=True)
class _Lowered:
    """A file's tree, and what its names are bound to once anybody asked."""

    module: Module
    names: dict[str, Bound] | None = None


class Project:
    """A target's code, lowered on demand. Nothing in it is ever run; what can't be read is in `skips`, once each, with the reason."""

    def __init__(self, root: Path, files: Collection[SourceFile] | None = None) -> None:
        """Take the files that are given, or else all that a walk finds; its skips are recorded too.

        It is walked when all files are asked for: who reads a few by their paths does not wait for thousands of others.
        """
        self.root = root
        self.trees: Trees | None = None
        """Where trees are kept for other readers of the same code; None where nobody shares them."""
        self._given = files
        self._finder = Finder(root)
        self._unread: dict[Skip, None] = {}
        self._skipped: set[str] = set()
        self._texts: _Memory[str] = _Memory(REMEMBERED_TEXT)
        self._words: _Memory[str] = _Memory(REMEMBERED_WORDS)
        self._modules: _Memory[_Lowered] = _Memory(REMEMBERED_TREES)
        self._lines: _Memory[list[str]] = _Memory(REMEMBERED_TREES)
        self._saying: dict[tuple[str, str], set[str]] = {}
        """(language, text) -> the files of the language that contain it, for every text that was looked for."""
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._starred: set[tuple[str, str]] = set()

    @cached_property
    def _walk(self) -> Walk:
        return walk(self.root)

    @cached_property
    def files(self) -> tuple[SourceFile, ...]:
        """All files, in path order."""
        return self._walk.files if self._given is None else tuple(self._given)

    @property
    def skips(self) -> list[Skip]:
        """What the walk skipped, and then what could not be read, or not to the end."""
        walked = self._walk.skipped if self._given is None else ()
        known = frozenset(walked)
        return [*walked, *(skip for skip in self._unread if skip not in known)]

    @cached_property
    def _by_path(self) -> dict[str, SourceFile]:
        return {file.path: file for file in self.files}

    def _file(self, path: str) -> SourceFile | None:
        """The file of this path, None where it is not of the target."""
        walked = self._given is not None or "files" in vars(self)
        return self._by_path.get(path) if walked else self._finder.file(path)

    @property
    def paths(self) -> Collection[str]:
        """All paths; asking whether one is there is quick."""
        return self._by_path.keys()

    def text(self, path: str) -> str | None:
        """The file's text; None where it is not of the target, or with a Skip where it can't be read."""
        if path in self._texts:
            return self._texts[path]
        file = self._file(path)
        if file is None or path in self._skipped:
            return None
        try:
            text = read_text(self.root, path, code=file.language in CODE)
        except ReadSkipped as reason:
            self._skip(path, str(reason))
            return None
        return self._texts.keep(path, len(text), text)

    def words(self, path: str) -> str:
        """The different words of a file, see `listed`; "" where it can't be read."""
        if path in self._words:
            return self._words[path]
        found = listed(self.text(path) or "")
        return self._words.keep(path, len(found), found)

    def module(self, path: str) -> Module | None:
        """The file's syntax tree; None where it can't be read or no one lowers its language, with a Skip recorded."""
        if path in self._modules:
            return self._modules[path].module
        file = self._file(path)
        if file is None or path in self._skipped:
            return None
        if file.language not in languages():
            self._skip(path, f"language not analyzed: {file.language or 'unknown'}")
            return None
        text = self.text(path)
        if text is None:
            return None
        module = self._lowered(path, file.language or "", text)
        return None if module is None else self._modules.keep(path, len(text), _Lowered(module)).module

    def _lowered(self, path: str, language: str, text: str) -> Module | None:
        known = self.trees.find(path, language, text) if self.trees else None
        if known is not None:
            return known
        try:
            module: Module = replace(languages()[language].lower(path, text), language=language)
        except RecursionError:
            self._skip(path, "nested too deeply")
            return None
        if self.trees:
            self.trees.keep(module, text)
        return module

    def modules(self, languages: Collection[str], keywords: Collection[str] = ()) -> Iterator[Module]:
        """The syntax trees of files of these languages whose text contains any keyword (all, where none is given), in path order."""
        for path in self.saying(languages, keywords):
            module = self.module(path)
            if module is not None:
                yield module

    def saying(self, languages: Collection[str], keywords: Collection[str] = ()) -> Iterator[str]:
        """The paths of files of these languages whose text contains any keyword (all, where none is given), in path order."""
        self.look_for(dict.fromkeys(languages, keywords))
        for file in self.files:
            language = file.language or ""
            if language in languages and (not keywords or any(file.path in self._saying[language, text] for text in keywords)):
                yield file.path

    def look_for(self, wanted: Mapping[str, Collection[str]]) -> None:
        """Find which files of each language contain these texts, in one pass: reading a large target anew for each takes long."""
        new = {language: [text for text in texts if (language, text) not in self._saying] for language, texts in wanted.items()}
        self._saying.update({(language, text): set() for language, texts in new.items() for text in texts})
        words = {language: _by_words(texts) for language, texts in new.items() if texts}
        for file in self.files if words else ():
            language = file.language or ""
            said = self.words(file.path) if language in words else ""
            for parts, texts in words.get(language, {}).items():
                if all(map(said.__contains__, parts)):
                    whole = self.text(file.path) or ""
                    for text in texts:
                        if parts == (text,) or text in whole:
                            self._saying[language, text].add(file.path)

    def within(self, path: str, nested: Collection[str] = ()) -> Iterator[SourceFile]:
        """The files of a component: below the folder `path` ("." is the target) and below no folder of `nested` inside it."""
        prefix = _prefix(path)
        inner = tuple(_prefix(other) for other in nested if _prefix(other) != prefix and _prefix(other).startswith(prefix))
        for file in self.files:
            if file.path.startswith(prefix) and not file.path.startswith(inner):
                yield file

    def resolve(self, importer: str, module: str) -> str | None:
        """The file that an import as written in `importer` names, by the importer's language; None for what stands outside."""
        key = (importer, module)
        if key not in self._resolved:
            file = self._file(importer)
            language = languages().get(file.language or "") if file else None
            self._resolved[key] = language.resolve(self, importer, module) if language is not None and hasattr(language, "resolve") else None
        return self._resolved[key]

    def definition(self, path: str, name: str, depth: int = 5) -> tuple[Module, Bound] | None:
        """What a name (also dotted) in a file is bound to, followed through imports and re-exports of up to `depth` files.

        A Function, a Class, the assigned expression, or for a module as such its Module; None for what can't be followed.
        """
        head, _, rest = name.partition(".")
        found = self._bound(path, head, depth)
        while found is not None and rest:
            module, bound = found
            head, _, rest = rest.partition(".")
            found = self._member(module, bound, head, depth)
        return found

    def qualified(self, module: Module, expression: object) -> str:
        """The dotted name of an expression with import aliases resolved: `sq.connect` after `import sqlite3 as sq` is "sqlite3.connect".

        A name that is not imported stays as written; "" for what has no dotted name. See `dotted` for calls and subscripts.
        """
        written = expression if isinstance(expression, str) else dotted(expression)
        head = _HEAD.match(written)
        if head is None or head[0] not in module.imports:
            return written
        source, name = module.imports[head[0]]
        joined = f"{source}{'' if source.endswith('.') else '.'}{name}" if name not in {"", "default"} else source
        return joined + written[head.end() :]

    def evidence(self, path: str, start: int, end: int) -> Evidence:
        """A verbatim quote of lines `start` to `end`, secrets masked; ValueError where the file can't be read."""
        if path not in self._lines:
            text = self.text(path)
            if text is None:
                raise ValueError(f"{path} can't be read, so nothing can be quoted from it")
            self._lines.keep(path, len(text), text.split("\n"))
        return quote(path, self._lines[path], start, end)

    def cut_short(self, path: str, reason: str) -> None:
        """Record, once, that the analysis of a file that can be read stopped at a limit."""
        self.skip(Skip(path=path, reason=reason))

    def skip(self, skip: Skip) -> None:
        """Record, once, what another reader could not read."""
        self._unread.setdefault(skip)

    def _skip(self, path: str, reason: str) -> None:
        self._skipped.add(path)
        self.skip(Skip(path=path, reason=reason))

    def _bindings_of(self, path: str) -> dict[str, Bound] | None:
        """What the names of a file are bound to: forgotten with its tree, for they would hold it."""
        if self.module(path) is None:
            return None
        lowered = self._modules[path]
        if lowered.names is None:
            lowered.names = bindings(lowered.module.body)
        return lowered.names

    def _bound(self, path: str, name: str, depth: int) -> tuple[Module, Bound] | None:
        """What a file binds a name to, also through its imports."""
        names, module = self._bindings_of(path), self.module(path)
        if names is None or module is None or depth < 0:
            return None
        bound = names.get(name)
        if bound is None:
            return self._star_import(module, name, depth)
        if isinstance(bound, Import):
            source, imported = module.imports.get(name, (bound.module, bound.name))
            return self.imported(path, source, imported, depth - 1)
        if isinstance(bound, Name) and bound.id != name and bound.id in names:
            return self._bound(path, bound.id, depth - 1)
        return module, bound

    def _star_import(self, module: Module, name: str, depth: int) -> tuple[Module, Bound] | None:
        """What `from x import *` gives a file, each file asked once: files that import all of each other make paths without number."""
        if (module.path, name) in self._starred:
            return None
        outermost = not self._starred
        self._starred.add((module.path, name))
        stars = (node.module for node in module.body if isinstance(node, Import) and node.name == "*")
        try:
            return next((found for star in stars if (found := self.imported(module.path, star, name, depth - 1))), None)
        finally:
            if outermost:
                self._starred.clear()

    def imported(self, importer: str, source: str, name: str, depth: int = 5) -> tuple[Module, Bound] | None:
        """What `name` of the module `source` is: its own name, the module itself for "", or a submodule of a package."""
        file = self._file(importer)
        language = languages().get(file.language or "") if file else None
        if language is not None and hasattr(language, "locate"):
            place = language.locate(self, importer, source, name) if depth >= 0 else None
            if place is None or place[1]:
                return None if place is None else self.definition(place[0], place[1], depth)
            module = self.module(place[0])
            return None if module is None else (module, module)
        path = self.resolve(importer, source)
        found = self._exported(path, name, depth) if path else None
        if found is not None or name in {"", "default"}:
            return found
        submodule = self.resolve(importer, f"{source}{'' if source.endswith('.') else '.'}{name}")
        module = self.module(submodule) if submodule else None
        return None if module is None else (module, module)

    def _exported(self, path: str, name: str, depth: int) -> tuple[Module, Bound] | None:
        """What a file gives to those that import `name` from it; a whole module ("") is its default export where it has one."""
        module = self.module(path)
        if module is None or depth < 0:
            return None
        export = exported(module, name or "default")
        if isinstance(export, Import):
            return self.imported(path, export.module, export.name, depth - 1)
        if isinstance(export, Name):
            return self._bound(path, export.id, depth) or (module, export)
        if export is not None:
            return module, export
        return (module, module) if not name else self._bound(path, name, depth)

    def _member(self, module: Module, bound: Bound, name: str, depth: int) -> tuple[Module, Bound] | None:
        if isinstance(bound, Module):
            return self._bound(bound.path, name, depth) or self.imported(bound.path, "." + name, "", depth)
        if isinstance(bound, Class):
            member = bindings(bound.body).get(name)
            if member is None and _in_parts(module, bound):
                return self.imported(module.path, ".", f"{bound.name}.{name}", depth - 1)
            return (module, member) if member is not None else None
        return None


def _by_words(texts: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Texts by the words that a file with one of them says."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for text in texts:
        grouped.setdefault(needed(text), []).append(text)
    return grouped


def _in_parts(module: Module, node: Class) -> bool:
    """Whether other files may declare more members of a class."""
    return module.language == "go" or (module.language == "csharp" and any(keyword.name == "partial" for keyword in node.keywords))


def _prefix(path: str) -> str:
    stripped = path.strip("/").removeprefix("./")
    return "" if stripped in {"", "."} else stripped + "/"
