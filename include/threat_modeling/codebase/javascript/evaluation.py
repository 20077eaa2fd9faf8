"""Follows how an application sets itself up: constants, imports, factories, classes, loops over tables of routes.

Nothing is run: expressions are folded to values.py as far as they can be known (folding.py), statements are followed in order
(running.py), so are calls of functions of the target (calling.py). Depth and number of steps are bounded, so that no code can
keep it busy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.calling import Calling
from threat_modeling.codebase.javascript.values import ClassValue, Closure, Foreign, Frame, Namespace, Value
from threat_modeling.codebase.languages.javascript import EXTENSIONS
from threat_modeling.codebase.syntax import Assign, Class, Export, Function, Import, Module, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from threat_modeling.codebase.javascript.dialect import Dialect
    from threat_modeling.codebase.project import Project

_CODE: Final = tuple(EXTENSIONS)


class Evaluation(Calling):
    """One target seen through one framework's dialect."""

    def __init__(self, project: Project, dialect: Dialect) -> None:
        super().__init__(dialect)
        self.project = project
        self._frames: dict[str, Frame] = {}

    def frame(self, path: str) -> Frame | None:
        """The names of a file, after its statements were followed; None where it can't be read."""
        if path not in self._frames:
            module = self.project.module(path)
            if module is None:
                return None
            frame = self._frames[path] = Frame(module)
            self.hoist(module.body, frame)
            self.run(module.body, frame)
        return self._frames[path]

    def follow(self, module: Module) -> None:
        """Follow a file, then the functions in it that nobody called."""
        self.steps, self.cut_short = 0, False
        try:
            frame = self.frame(module.path)
            if frame is not None:
                self._uncalled(module.body, frame)
        except RecursionError:
            self.cut_short = True
        if self.cut_short:
            self.project.cut_short(module.path, "its routes were not followed to the end: too many or too deeply nested calls")

    def _uncalled(self, body: Iterable[Statement], frame: Frame) -> None:
        for statement in body:
            node = statement.value if isinstance(statement, Export | Assign) else statement
            node = node.value if isinstance(node, Assign) else node
            if isinstance(node, Function) and id(node) not in self.invoked:
                self.invoke(Closure(node, frame), ())
            elif isinstance(node, Class) and id(node) not in self.invoked and not node.keywords:
                self._unused_class(node, frame)

    def _unused_class(self, node: Class, frame: Frame) -> None:
        instance = self.instantiate(ClassValue(node, frame), ())
        for member in node.body:
            if isinstance(member, Function) and id(member) not in self.invoked and instance is not None:
                self.invoke(Closure(member, frame, instance), ())

    def exported(self, path: str, name: str) -> Value:
        """What a file exports under a name; "" is the module itself."""
        frame = self.frame(path)
        if frame is None or not name:
            return Namespace(path) if frame is not None else None
        if name in frame.exports:
            return self._force(frame.exports, name)
        for node in frame.module.body:
            if isinstance(node, Import) and node.name == "*":
                found = self.imported(path, node.module, name)
                if found is not None and not isinstance(found, Foreign):
                    return found
        if "default" in frame.exports and name != "default":
            return self.member(self._force(frame.exports, "default"), name)
        return None

    def imported(self, importer: str, source: str, name: str) -> Value:
        """What an import binds: of a file of the target, or of a package."""
        path = self.project.resolve(importer, source)
        if path is not None:
            return self.exported(path, name) if path.endswith(_CODE) else None
        if source.startswith("."):
            return None
        return Foreign(source if name in {"", "default"} else f"{source}.{name}")

    def exports(self, path: str, name: str) -> bool:
        """Whether a file itself exports a name."""
        frame = self.frame(path)
        return frame is None or name in frame.exports

    def listing(self, folder: str) -> list[str]:
        """The names in a folder of the target, sorted."""
        prefix = folder.strip("/") + "/" if folder.strip("/") not in {"", "."} else ""
        return sorted({path[len(prefix) :].partition("/")[0] for path in self.project.paths if path.startswith(prefix)})
