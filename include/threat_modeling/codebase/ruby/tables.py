"""All tables of routes of a target: which file draws which, where engines and other applications are mounted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.ruby.constants import underscored
from threat_modeling.codebase.ruby.controllers import Controllers, macros
from threat_modeling.codebase.ruby.mapper import Mapper, block_of
from threat_modeling.codebase.ruby.paths import joined, texts_of
from threat_modeling.codebase.ruby.scope import Mapped, Scope
from threat_modeling.codebase.syntax import Attribute, Call, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Function, Module

KEYWORDS: Final = ("routes.draw", "routes.prepend", "routes.append", "add_routes")
_DRAWING: Final = frozenset({"draw", "prepend", "append", "add_routes"})
APPLICATIONS: Final = frozenset({"Grape.API", "Grape.API.Instance", "Sinatra.Base", "Sinatra.Application", "Roda"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block that draws routes for an application or an engine."""

    owner: str
    module: Module
    block: Function


@dataclass(slots=True)
class Tables:
    """The routes of a target, those of engines below where they are mounted."""

    project: Project
    routes: list[Mapped] = field(default_factory=list)
    mounts: dict[str, str] = field(default_factory=dict)
    """Constant of a mounted application -> its path."""
    _applications: dict[tuple[str, str], bool] = field(default_factory=dict)
    _controllers: Controllers | None = None

    def read(self) -> None:
        """Read all tables; an engine's routes stand below its mount."""
        self._controllers = Controllers(self.project)
        engines: list[tuple[Drawn, list[Mapped]]] = []
        for drawn in self._drawn():
            mapper = Mapper(self._file, modules=self._modules)
            mapper.run(drawn.block.body, Scope(drawn.module, module=self._namespace(drawn)))
            for mapped in mapper.routes:
                if mapped.target is not None:
                    self.mounts.setdefault(constant_of(mapped.target), mapped.path)
            engines.append((drawn, mapper.routes))
        owners = {drawn.owner for drawn, _ in engines}
        for drawn, found in engines:
            prefix = self._prefix(drawn.owner)
            for mapped in found:
                if mapped.target is None or constant_of(mapped.target) not in owners:
                    self.routes.append(replace(mapped, path=joined(prefix, mapped.path)) if prefix else mapped)

    def _prefix(self, owner: str) -> str:
        prefix = ""
        seen: set[str] = set()
        while owner in self.mounts and owner not in seen:
            seen.add(owner)
            prefix = self.mounts[owner] + prefix
            owner = ""
        return prefix

    def is_application(self, mapped: Mapped) -> bool:
        """Whether what is mounted is an application of the target that another resolver reads."""
        name = constant_of(mapped.target)
        key = (mapped.module.path, name)
        if key not in self._applications and self._controllers is not None:
            found = self._controllers.constant(mapped.module, name)
            bases = {dotted(base) for one in self._controllers.lineage(found) for base in one.node.bases} if found is not None else set()
            self._applications[key] = bool(bases & APPLICATIONS)
        return self._applications.get(key, False)

    def _drawn(self) -> Iterator[Drawn]:
        for module in self.project.modules(("ruby",), KEYWORDS):
            if is_test(module.path):
                continue
            for node in walk(module.body):
                if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.callee.name in _DRAWING:
                    block, holder = block_of(node), dotted(node.callee.object)
                    if block is not None and (holder == "routes" or holder.endswith(".routes") or node.callee.name == "add_routes"):
                        owner = holder.removesuffix("routes").rstrip(".")
                        yield Drawn(owner, module, block)

    def _namespace(self, drawn: Drawn) -> str:
        """The module of an engine that keeps to its own: `isolate_namespace`."""
        found = self._controllers.constant(drawn.module, drawn.owner) if self._controllers is not None and drawn.owner.endswith("Engine") else None
        for macro in macros(found) if found is not None else ():
            if macro.name == "isolate_namespace" and macro.call.arguments:
                return underscored(dotted(macro.call.arguments[0]).replace(".", "::"))
        return ""

    def _file(self, importer: str, name: str) -> Module | None:
        """The file of `draw :name`: config/routes/name.rb of the same application."""
        root = importer.rpartition("config/routes")[0]
        path = f"{root}config/routes/{name}.rb"
        return self.project.module(path) if name and path in self.project.paths else None

    def _modules(self, model: str) -> frozenset[str] | None:
        """What `devise :a, :b` of a model says."""
        end = f"app/models/{underscored(model)}.rb"
        path = next((path for path in sorted(self.project.paths) if path.endswith(end)), None)
        module = self.project.module(path) if path is not None else None
        found: frozenset[str] | None = None
        for node in walk(module.body) if module is not None else ():
            if isinstance(node, Call) and dotted(node.callee) == "devise":
                found = (found or frozenset()) | {title for argument in node.arguments for title in texts_of(argument, {})}
        return found


def constant_of(target: object) -> str:
    """The name of a mounted application: of `App`, `App.new` and `App.server` alike."""
    while isinstance(target, Call):
        target = target.callee
    while isinstance(target, Attribute) and not target.name[:1].isupper():
        target = target.object
    return dotted(target)


_TABLES: WeakKeyDictionary[Project, Tables] = WeakKeyDictionary()


def tables(project: Project) -> Tables:
    """The tables of a target, read once."""
    if project not in _TABLES:
        found = _TABLES[project] = Tables(project)
        found.read()
    return _TABLES[project]
