"""Follows how the applications of a target set themselves up, across files and packages.

Nothing is run: expressions are folded to values.py as far as they can be known (folding.py), statements and calls are followed
(running.py). Depth and number of steps are bounded, so that no code can keep it busy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.go.folding import full_name
from threat_modeling.codebase.go.running import Running
from threat_modeling.codebase.go.values import Closure, Foreign, Frame, Lazy, Package, Record, Router, Type, Value, site_of
from threat_modeling.codebase.languages.go import packages
from threat_modeling.codebase.syntax import Assign, Call, Class, Evaluate, Expression, Function, Import, Literal, Module, Name, Sequence, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.go.dialect import Dialect
    from threat_modeling.codebase.project import Project

_TESTS: Final = re.compile(r"(?:_test\.go\Z|(?:^|/)(?:testdata|tests?|mocks?|examples?|_examples)/)")
_STARTING: Final = ("main", "init")


def is_test(path: str) -> bool:
    """Whether a file belongs to the tests of a target, whose servers nobody reaches."""
    return _TESTS.search(path) is not None


class Evaluation(Running):
    """One target seen through the dialects of all frameworks."""

    def __init__(self, project: Project, dialects: Iterable[type[Dialect]]) -> None:
        super().__init__(dialects)
        self.project = project
        self._packages: dict[str, Frame | None] = {}
        self._unmade: dict[tuple[str, str, int], Router] = {}

    def follow(self, keywords: tuple[str, ...]) -> None:
        """Follow every program of a target, then functions of files with a keyword that nobody called."""
        modules = [module for module in self.project.modules(("go",), keywords) if not is_test(module.path)]
        folders = {module.path.rpartition("/")[0] for module in modules}
        mains = [m for m in self.project.modules(("go",), ("func main(",)) if not is_test(m.path)]
        for module in [*mains, *modules]:
            self._start(module, lambda function: function.name in _STARTING)
        referenced = self._referenced(folders)
        for module in modules:
            self._start(module, lambda function: function.name not in referenced)
        for module in modules:
            self._start(module, lambda _: True)

    def _referenced(self, folders: set[str]) -> set[str]:
        """Names that are used anywhere in the packages that set routes up."""
        found: set[str] = set()
        for folder in sorted(folders):
            for path in packages(self.project).files(folder):
                module = self.project.module(path)
                for node in walk(module.body) if module is not None else ():
                    if isinstance(node, Call):
                        for part in (node.callee, *node.arguments):
                            found.add(dotted(part).rpartition(".")[2])
        return found

    def _start(self, module: Module, wanted: object) -> None:
        self.steps, self.cut_short = 0, False
        try:
            frame = self._file(module)
            for function, this in _functions(self, module, frame):
                if id(function) not in self.invoked and callable(wanted) and wanted(function):
                    self.invoke(Closure(function, frame, this), ())
        except RecursionError:
            self.cut_short = True
        if self.cut_short:
            self.project.cut_short(module.path, "its routes were not followed to the end: too many or too deeply nested calls")

    def _file(self, module: Module) -> Frame:
        package = self._package(module.path.rpartition("/")[0] if "/" in module.path else "")
        if package is not None and module.path in package.fields_of_files:
            return package.fields_of_files[module.path]
        return Frame(module)

    def _package(self, folder: str) -> _PackageFrame | None:
        if folder not in self._packages:
            self._packages[folder] = self._read(folder)
        found = self._packages[folder]
        return found if isinstance(found, _PackageFrame) else None

    def _read(self, folder: str) -> _PackageFrame | None:
        modules = [module for path in packages(self.project).files(folder) if (module := self.project.module(path)) is not None]
        if not modules:
            return None
        scope = _PackageFrame(modules[0], package=folder)
        for module in modules:
            frame = Frame(module, scope, package=folder)
            scope.fields_of_files[module.path] = frame
            for node in module.body:
                if isinstance(node, Import) and node.alias:
                    frame.names[node.alias] = self.imported(module.path, node.module)
                else:
                    self._declare(node, scope, frame)
        return scope

    def _declare(self, node: object, scope: Frame, frame: Frame) -> None:
        if isinstance(node, Function):
            scope.names[node.name] = Closure(node, frame)
        elif isinstance(node, Class):
            known = scope.names.get(node.name)
            _add(known if isinstance(known, Type) else scope.names.setdefault(node.name, Type(node.name)), node, frame)
        elif isinstance(node, Assign):
            for position, target in enumerate(node.targets):
                if isinstance(target, Name):
                    scope.names[target.id] = Lazy(lambda n=node, t=target: self._variable(n, t, frame))  # type: ignore[misc]
                elif isinstance(target, Sequence) and target.elements and isinstance(target.elements[0], Name) and not position:
                    scope.names[target.elements[0].id] = Lazy(lambda n=node: self._first(n, frame))  # type: ignore[misc]

    def _variable(self, node: Assign, target: Name, frame: Frame) -> Value:
        if node.value is None:
            return self.unset(node.annotation, frame, frame, target, target.id)
        return self.value(node.value, frame)

    def _first(self, node: Assign, frame: Frame) -> Value:
        value = self.value(node.value, frame)
        items = getattr(value, "items", None)
        return items[0] if isinstance(items, list) and items else value

    def exported(self, folder: str, name: str) -> Value:
        """What a package of the target binds a name to."""
        scope = self._package(folder)
        return self.lookup(name, scope) if scope is not None and name in scope.names else None

    def imported(self, importer: str, source: str) -> Value:
        """The package that an import names: of the target, or installed."""
        folder = packages(self.project).folder(importer, source)
        return Package(folder) if folder is not None else Foreign(full_name(source))

    def assumed(self, of: str, frame: Frame, node: Expression) -> Router | None:
        """A router of this type that nobody was seen to make, one for each place."""
        dialect = self.dialect_of(of)
        if dialect is None:
            return None
        key = (of, frame.module.path, id(node))
        if key not in self._unmade:
            self._unmade[key] = self.added(Router(dialect, site_of(frame, node)))
        return self._unmade[key]


class _PackageFrame(Frame):
    """The names of a package, with a frame for each of its files."""

    def __init__(self, module: Module, package: str) -> None:
        super().__init__(module, package=package)
        self.fields_of_files: dict[str, Frame] = {}


def _add(to: object, node: Class, frame: Frame) -> None:
    """Add what one file says of a type."""
    if not isinstance(to, Type):
        return
    tag = ""
    to.alias = to.alias or any(keyword.name == "alias" for keyword in node.keywords)
    for base in node.bases:
        to.bases.append((base, frame))
    for member in node.body:
        if isinstance(member, Function):
            to.methods[member.name] = (member, frame)
        elif isinstance(member, Evaluate) and isinstance(member.value, Call) and member.value.arguments:
            written = member.value.arguments[0]
            tag = str(written.value) if isinstance(written, Literal) else ""
        elif isinstance(member, Assign) and isinstance(member.targets[0], Name):
            to.fields[member.targets[0].id] = (member.annotation, frame)
            to.tags[member.targets[0].id], tag = tag, ""


def _functions(evaluation: Evaluation, module: Module, frame: Frame) -> Iterator[tuple[Function, Value]]:
    """The functions of a file, and its methods with an object that has them."""
    for node in module.body:
        if isinstance(node, Function):
            yield node, None
        elif isinstance(node, Class):
            of = evaluation.lookup(node.name, frame)
            this = Record({}, node.name, of) if isinstance(of, Type) else None
            for member in node.body:
                if isinstance(member, Function):
                    yield member, this
