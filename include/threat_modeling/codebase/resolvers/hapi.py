"""hapi: `route({...})` and lists of it, plugins with prefixes, authentication by strategy and by default, extension points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.javascript.paths import joined
from threat_modeling.codebase.javascript.values import (
    Argument,
    Closure,
    Constant,
    Foreign,
    Frame,
    Listed,
    Namespace,
    Record,
    Registration,
    Router,
    Site,
    Value,
    site_of,
)
from threat_modeling.codebase.javascript.verbs import Verbs, routes_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Call

KEYWORDS: Final = ("@hapi/", "'hapi'", '"hapi"')

_BEFORE: Final = frozenset({"onRequest", "onPreAuth", "onCredentials", "onPostAuth", "onPreHandler"})
_DEFAULT: Final = "default authentication"
_MAX_NESTED: Final = 4
_PARAMETER: Final = re.compile(r"\{(\w+)[^{}]*\}")


class Hapi(Verbs):
    """What hapi calls its servers and what their methods register."""

    creators: ClassVar[frozenset[str]] = frozenset({"@hapi/hapi.server", "@hapi/hapi.Server", "hapi.server", "hapi.Server", "@hapi/glue.compose"})
    methods: ClassVar[frozenset[str]] = frozenset()

    def create(self, foreign: Foreign, call: Call, frame: Frame) -> Router | None:
        """A server, whose `auth` sets what all routes after it ask for."""
        server = super().create(foreign, call, frame)
        if server is not None:
            server.fields["auth"] = Router(server.site, fields={"server": server})
        return server

    def special(self, owner: Router, name: str, arguments: tuple[Argument, ...], call: Call, frame: Frame) -> Value:
        """`route`, `register`, `ext`, `auth.default`."""
        first = arguments[0].value if arguments else None
        site = site_of(frame, call)
        server = owner.fields.get("server")
        if name == "default" and isinstance(server, Router):
            server.fields[_DEFAULT] = _strategy(first)
        elif name == "route" and self.evaluation is not None:
            settled = self.evaluation.settled(first)
            for row in settled.items if isinstance(settled, Listed) else [settled]:
                if isinstance(row, Record):
                    self._route(owner, row, site)
        elif name == "register" and arguments:
            options = arguments[1].value if len(arguments) > 1 else None
            for plugin in first.items if isinstance(first, Listed) else [first]:
                self._register(owner, plugin, options, site)
        elif name == "ext" and len(arguments) > 1 and isinstance(first, Constant) and first.value in _BEFORE:
            owner.registrations.append(Registration((), (), arguments[1:2], site, "use"))
        return owner

    def assume(self, given: object, method: str, arguments: tuple[Argument, ...]) -> bool:
        """`register(server) { server.route({...}) }`, which nobody was seen to call."""
        first = arguments[0].value if arguments else None
        row = first.items[0] if isinstance(first, Listed) and first.items else first
        return method == "route" and isinstance(row, Record) and {"method", "path"} <= row.fields.keys() and given is not None

    def _route(self, owner: Router, row: Record, site: Site) -> None:
        options = row.fields.get("options") or row.fields.get("config")
        if self.evaluation is not None:
            options = self.evaluation.settled(options)
        stated = options.fields if isinstance(options, Record) else {}
        methods = tuple("ANY" if method == "*" else method.upper() for method in texts_of(row.fields.get("method")))
        path = row.fields.get("path")
        if not isinstance(path, Constant) or not methods:
            return
        served = row.fields.get("handler") or stated.get("handler")
        before = [Foreign(name) for name in _guards(owner, stated)]
        arguments = (*(Argument(value, site, value.name) for value in before), *_pre(stated, site), Argument(served, site, ""))
        owner.registrations.append(Registration(methods, (_PARAMETER.sub(r"{\1}", str(path.value)),), arguments, site))

    def _register(self, owner: Router, given: Value, options: Value, site: Site) -> None:
        """A plugin, or an object with a plugin, its options and the prefix of its routes."""
        if self.evaluation is None:
            return
        prefix = _prefix(options)
        if _prefix(given):
            prefix = joined(prefix, _prefix(given)) if prefix else _prefix(given)
        register = None
        for _ in range(_MAX_NESTED):
            register = self.evaluation.member(given, "register")
            if register is not None or given is None:
                break
            given = self.evaluation.member(given, "plugin") or (self.evaluation.settled(given) if isinstance(given, Namespace) else None)
        if isinstance(register, Closure):
            child = Router(site, fields=owner.fields)
            owner.registrations.append(Registration((), (prefix,) if prefix else (), (Argument(child, site, ""),), site, "use"))
            self.evaluation.invoke(register, (child, Record({})))


def _guards(owner: Router, options: dict[str, Value]) -> Iterator[str]:
    """What the options of a route ask for; without a word on authentication, the server's default."""
    auth = options.get("auth")
    strategy = _strategy(auth) if auth is not None else owner.fields.get(_DEFAULT)
    if isinstance(strategy, Constant) and strategy.value is not False:
        yield f"@hapi/auth.{strategy.value}"
    access = auth.fields.get("access") if isinstance(auth, Record) else None
    if isinstance(auth, Record) and ("scope" in auth.fields or (isinstance(access, Record) and "scope" in access.fields)):
        yield "@hapi/scope"
    if isinstance(options.get("validate"), Record):
        yield "@hapi/validate"


def _strategy(auth: Value) -> Value:
    """The strategy that is demanded; none where it is tried only."""
    if isinstance(auth, Record):
        if auth.fields.get("mode") in (Constant("try"), Constant("optional")):
            return Constant(value=False)
        named = texts_of(auth.fields.get("strategy")) or texts_of(auth.fields.get("strategies"))
        return Constant(named[0]) if named else Constant("strategy")
    return auth if isinstance(auth, Constant) else None


def _pre(options: dict[str, Value], site: Site) -> Iterator[Argument]:
    """`pre: [{method: check}]`."""
    given = options.get("pre")
    for item in given.items if isinstance(given, Listed) else ():
        method = item.fields.get("method") if isinstance(item, Record) else item
        if isinstance(method, Closure):
            yield Argument(method, site, method.function.name)


def _prefix(options: Value) -> str:
    routes_ = options.fields.get("routes") if isinstance(options, Record) else None
    prefix = routes_.fields.get("prefix") if isinstance(routes_, Record) else None
    return str(prefix.value) if isinstance(prefix, Constant) else ""


def routes(project: Project) -> Iterator[Route]:
    """The routes of every hapi server of a target."""
    yield from routes_of(project, Hapi(), KEYWORDS, "hapi")
