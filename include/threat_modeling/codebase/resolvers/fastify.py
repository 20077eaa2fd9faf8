"""Fastify: verbs with options, `route({...})`, plugins with prefixes, hooks, folders of plugins."""

from __future__ import annotations

import re
from posixpath import dirname
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.paths import joined, template
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.values import Argument, Closure, Constant, Foreign, Frame, Record, Registration, Router, Site, Value, site_of
from threat_modeling.codebase.javascript.verbs import Verbs, paths_of, routes_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("fastify", "Fastify")

_HOOKS: Final = ("onRequest", "preParsing", "preValidation", "preHandler", "beforeHandler")
_LOADERS: Final = frozenset({"@fastify/autoload", "fastify-autoload"})
_CODE: Final = re.compile(r"\.[cm]?[jt]s$")


class Fastify(Verbs):
    """What Fastify calls its instances and what their methods register."""

    creators: ClassVar[frozenset[str]] = frozenset({"fastify", "fastify.fastify"})
    names: ClassVar[tuple[str, ...]] = (*Verbs.names, "fastify", "instance")

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`route`, `register`, `addHook`, `decorate`; `withTypeProvider()` and the like return the instance."""
        first = arguments[0].value if arguments else None
        site = site_of(frame, call)
        if name == "route" and isinstance(first, Record):
            methods = texts_of(first.fields.get("method")) or texts_of(first.fields.get("methods"))
            paths = paths_of(first.fields.get("url") or first.fields.get("path"))
            owner.registrations.append(Registration(tuple(m.upper() for m in methods), paths, _handlers(first, site), site))
        elif name == "register" and arguments:
            self._register(owner, arguments, site)
        elif name == "addhook" and len(arguments) > 1 and isinstance(first, Constant) and first.value in _HOOKS:
            owner.registrations.append(Registration((), (), arguments[1:], site, "use"))
        elif name in {"after", "ready"} and self.evaluation is not None:
            for argument in arguments:
                if isinstance(argument.value, Closure):
                    self.evaluation.invoke(argument.value, ())
        elif name == "decorate" and len(arguments) > 1 and isinstance(first, Constant):
            owner.fields[str(first.value)] = arguments[1].value
        else:
            return None
        return owner

    def path_and_handlers(self, arguments: tuple[Argument, ...]) -> tuple[tuple[str, ...], tuple[Argument, ...]]:
        """Options between path and handler hold hooks, and may hold the handler."""
        paths, rest = super().path_and_handlers(arguments)
        if rest and isinstance(rest[0].value, Record):
            return paths, (*_handlers(rest[0].value, rest[0].site), *rest[1:])
        return paths, rest

    def _register(self, owner: Router, arguments: tuple[Argument, ...], site: Site) -> None:
        if self.evaluation is None:
            return
        plugin = self.evaluation.settled(arguments[0].value)
        options = arguments[1].value if len(arguments) > 1 else None
        fields = options.fields if isinstance(options, Record) else {}
        prefix = fields.get("prefix")
        start = template(str(prefix.value)) if isinstance(prefix, Constant) else ""
        shared = isinstance(plugin, Foreign) and plugin.name.startswith("fastify-plugin") and plugin.called
        if isinstance(plugin, Foreign) and shared and plugin.arguments:
            plugin = self.evaluation.settled(plugin.arguments[0])
        if isinstance(plugin, Closure):
            self._plug(owner, plugin, start, site, shared=shared)
        elif isinstance(plugin, Foreign) and plugin.name in _LOADERS:
            self._load(owner, fields, start, site)
        elif isinstance(plugin, Foreign):
            given = Foreign(plugin.name, (options,) if options is not None else (), plugin.called)
            owner.registrations.append(Registration((), (start,) if start else (), (Argument(given, site, plugin.name),), site, "use"))

    def _plug(self, owner: Router, plugin: Closure, prefix: str, site: Site, *, shared: bool = False) -> None:
        if self.evaluation is None:
            return
        child = owner if shared else Router(site, fields=owner.fields)
        if not shared:
            owner.registrations.append(Registration((), (prefix,), (Argument(child, site, ""),), site, "use"))
        self.evaluation.invoke(plugin, (child, Record({})))

    def _load(self, owner: Router, fields: dict[str, Value], prefix: str, site: Site) -> None:
        """A folder whose files are plugins; folders below it are prefixes."""
        folder = fields.get("dir")
        options = fields.get("options")
        if self.evaluation is None or not isinstance(folder, Constant):
            return
        if isinstance(options, Record) and isinstance(options.fields.get("prefix"), Constant):
            prefix = joined(prefix, "".join(paths_of(options.fields["prefix"])))
        base = str(folder.value).strip("/")
        named = fields.get("dirNameRoutePrefix") != Constant(value=False)
        for path in sorted(self.evaluation.project.paths):
            if path.startswith(base + "/") and _CODE.search(path) and not is_test(path):
                below = re.sub(r"(?<=/)_(\w+)", r":\1", dirname(path)[len(base) :]) if named else ""
                own = self.evaluation.exported(path, "autoPrefix")
                plugin = self.evaluation.exported(path, "default")
                if isinstance(plugin, Closure):
                    self._plug(owner, plugin, joined(joined(prefix, template(below)), "".join(paths_of(own))), site)


def _handlers(options: Record, site: Site) -> tuple[Argument, ...]:
    """The hooks of a route, then its handler."""
    values = [options.fields[name] for name in (*_HOOKS, "handler") if name in options.fields]
    return tuple(Argument(value, site, "") for value in values)


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Fastify instance of a target."""
    yield from routes_of(project, Fastify(), KEYWORDS, "fastify")
