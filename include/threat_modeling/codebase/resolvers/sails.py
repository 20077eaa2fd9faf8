"""Sails: the table of config/routes.js, actions by their files, the shadow routes of controllers and models, policies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.javascript.file_routes import FileRoutes, depending
from threat_modeling.codebase.javascript.paths import joined, template
from threat_modeling.codebase.javascript.static_files import served_files
from threat_modeling.codebase.javascript.values import Closure, Constant, Listed, Record, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

_ADDRESS: Final = re.compile(r"^(?:(all|get|post|put|patch|delete|head|options)\s+)?((?:r\|)?/.*)$", re.IGNORECASE)
_CODE: Final = re.compile(r"(?P<path>(?:.*/)?[^/]+)\.[jt]s")
_BLUEPRINTS: Final = (
    ("find", "GET", ""),
    ("findOne", "GET", "/{id}"),
    ("create", "POST", ""),
    ("update", "PATCH", "/{id}"),
    ("destroy", "DELETE", "/{id}"),
)


def routes(project: Project) -> Iterator[Route]:
    """The routes of all Sails applications of a project."""
    for base in depending(project, '"sails"'):
        yield from _Sails(project, base).routes()


class _Sails:
    def __init__(self, project: Project, base: str) -> None:
        self._files = FileRoutes(project, "sails")
        self._paths = project.paths
        self._base = f"{base}/" if base else ""
        self._controllers = {found["path"]: path for path, found in self._files.below(f"{self._base}api/controllers", _CODE)}
        self._models = {found["path"]: path for path, found in self._files.below(f"{self._base}api/models", _CODE)}
        self._policies = self._config("policies")
        blueprints = self._config("blueprints")
        self._actions = blueprints.get("actions") != Constant(value=False)
        self._rest = blueprints.get("rest") != Constant(value=False)
        prefix = blueprints.get("prefix")
        self._prefix = str(prefix.value) if isinstance(prefix, Constant) else ""

    def _config(self, name: str) -> dict[str, Value]:
        """What config/{name}.js exports under its name."""
        for ending in ("js", "ts"):
            found = self._files.exported(f"{self._base}config/{name}.{ending}", name)
            if isinstance(found, Record):
                return found.fields
        return {}

    def routes(self) -> Iterator[Route]:
        for address, target in self._config("routes").items():
            found = _ADDRESS.match(address.strip())
            if found is not None and not found[2].startswith("r|"):
                method = (found[1] or "any").upper().replace("ALL", "ANY")
                yield self._stated(method, template(found[2]), target)
        for name, file in self._controllers.items() if self._actions else ():
            yield from self._shadow(name, file)
        for name in served_files(self._paths, f"/{self._base}assets", ""):
            yield self._files.page(f"/{name}", f"{self._base}assets/{name}")
        for name, file in self._models.items():
            if self._rest and not name.startswith("_"):
                yield from self._blueprints(name.lower(), file)

    def _stated(self, method: str, path: str, target: Value) -> Route:
        """`"UserController.find"`, `{action: "user/find"}`, `{view: "home"}`."""
        written = target.value if isinstance(target, Constant) else None
        if isinstance(target, Record):
            named = target.fields.get("action") or target.fields.get("target")
            owner = target.fields.get("controller")
            written = named.value if isinstance(named, Constant) else None
            written = f"{owner.value}.{written}" if isinstance(owner, Constant) and written else written
        table = next((f"{self._base}config/routes.{e}" for e in ("js", "ts") if f"{self._base}config/routes.{e}" in self._paths), "")
        if isinstance(target, Closure):
            return self._files.served(method, path, table, target, "handler")
        action = str(written or "").removesuffix("()")
        file, value, name = self._action(action)
        if file is None:
            return self._files.served(method, path, table, None, action or "view", self._guards(action) if action else ())
        return self._files.served(method, path, file, value, name, self._guards(action))

    def _action(self, written: str) -> tuple[str | None, Value, str]:
        """The file, function and name of `UserController.find` or `user/find`."""
        identity = re.sub(r"Controller(?=\.|/|$)", "", written).replace(".", "/").strip("/")
        for name, file in self._controllers.items():
            if name.lower() == identity.lower():
                return file, self._machine(file), identity.rpartition("/")[2]
        for name, file in self._controllers.items():
            shown = re.sub(r"Controller$", "", name)
            if identity.lower().startswith(shown.lower() + "/") and name.endswith("Controller"):
                action = identity[len(shown) + 1 :]
                return file, self._files.exported(file, action), action
        return None, None, ""

    def _machine(self, file: str) -> Value:
        """The function of a standalone action."""
        fn = self._files.exported(file, "fn")
        return fn if fn is not None else self._files.exported(file, "default")

    def _shadow(self, name: str, file: str) -> Iterator[Route]:
        """An action of its own is served under its path, a controller's under the controller's name."""
        if not name.endswith("Controller"):
            action = name.lower()
            yield self._files.served("ANY", joined(self._prefix, action), file, self._machine(file), name.rpartition("/")[2], self._guards(action))
            return
        identity = name.removesuffix("Controller").lower()
        exported = self._files.exported(file, "default")
        for action, value in exported.fields.items() if isinstance(exported, Record) else ():
            if not action.startswith("_") and action not in {"friendlyName", "identity"}:
                guards = self._guards(f"{identity}/{action}")
                yield self._files.served("ANY", joined(self._prefix, f"{identity}/{action}"), file, value, action, guards)
        if self._rest and not any(model.lower() == identity for model in self._models):
            yield from self._blueprints(identity, file)

    def _blueprints(self, identity: str, file: str) -> Iterator[Route]:
        """Create, read, update and delete that Sails adds by itself."""
        for action, method, ending in _BLUEPRINTS:
            yield self._files.served(method, joined(self._prefix, f"{identity}{ending}"), file, None, action, self._guards(f"{identity}/{action}"))

    def _guards(self, action: str) -> tuple[Guard, ...]:
        """The policies of an action: its own, its controller's, else the default."""
        owner, _, name = re.sub(r"Controller(?=\.)", "", action).replace(".", "/").rpartition("/")
        known = {re.sub(r"Controller$", "", key).lower(): value for key, value in self._policies.items()}
        nested = known.get(owner.lower())
        found = known.get(f"{owner}/{name}".lower(), known.get(f"{owner}/*".lower()))
        if found is None and isinstance(nested, Record):
            found = nested.fields.get(name, nested.fields.get("*"))
        elif found is None:
            found = nested
        found = known.get("*") if found is None else found
        named = [item.value for item in (found.items if isinstance(found, Listed) else [found]) if isinstance(item, Constant)]
        files = [f"{self._base}api/policies/{policy}.{ending}" for policy in named for ending in ("js", "ts")]
        return tuple(guard for file in files if file in self._paths for guard in self._files.before(file, "default", whole=False))
