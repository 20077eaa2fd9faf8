"""The routes of a target grouped by application, with what each does elsewhere: whether it knows callers, roles and sessions.

A repository may hold several applications. One begins where code constructs it (`Flask(...)`, `express()`, `manage.py`); a handler
belongs to the application with which its file shares the most folders.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.callees import Callees
from threat_modeling.codebase.handlers.models import LANGUAGES, DataModel, data_models
from threat_modeling.codebase.handlers.provisions import provisions
from threat_modeling.codebase.handlers.summary import Summary, summarize
from threat_modeling.codebase.handlers.vocabulary import ROLE, Purpose, has
from threat_modeling.codebase.purpose import is_product
from threat_modeling.codebase.syntax import Assign, Attribute, Call, Keyword, Literal, Mapping, Module, Name, Subscript, dotted, text, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

CONSTRUCTORS: Final = {
    "flask.Flask": "flask",
    "connexion.App": "flask",
    "connexion.FlaskApp": "flask",
    "fastapi.FastAPI": "fastapi",
    "express": "express",
    "aiohttp.web.Application": "aiohttp",
    "django.core.wsgi.get_wsgi_application": "django",
    "django.core.management.execute_from_command_line": "django",
    "org.springframework.boot.SpringApplication.run": "spring",
    "org.springframework.boot.runApplication": "spring",
    "io.micronaut.runtime.Micronaut.run": "micronaut",
    "io.javalin.Javalin.create": "javalin",
    "io.ktor.server.engine.embeddedServer": "ktor",
}
_KEYWORDS: Final = (
    *("Flask(", "FastAPI(", "express()", "connexion.", "web.Application(", "get_wsgi_application(", "execute_from_command_line("),
    *("SpringApplication", "runApplication", "Micronaut.run", "Javalin.create", "embeddedServer"),
)


@dataclass(frozen=True)
class Construction:
    """Where an application is made."""

    framework: str
    path: str
    line: int
    end: int

    @property
    def folder(self) -> str:
        """The folder of the file that makes it."""
        return posixpath.dirname(self.path)


@dataclass(frozen=True)
class Application:
    """One application: its handlers and its files."""

    project: Project
    folder: str
    constructions: tuple[Construction, ...]
    handlers: tuple[Summary, ...]
    models: dict[str, DataModel]
    siblings: tuple[str, ...]
    """The folders where other applications of the target begin."""

    @cached_property
    def authenticates(self) -> bool:
        """Whether any route knows its callers, or callers log in somewhere."""
        return any(handler.authenticated or Purpose.LOGIN in handler.purposes for handler in self.handlers)

    @cached_property
    def roles(self) -> bool:
        """Whether callers differ in what they may do: a role field of a model, or a role checked anywhere."""
        fields = (field for model in self.models.values() if self.owns(model.path) for field in model.fields)
        return any(has(field, ROLE - {"owner"}) for field in fields) or any(handler.authorized for handler in self.handlers)

    @cached_property
    def identities(self) -> frozenset[str]:
        """How handlers anywhere in the application learn who calls: session, cookie, header, token."""
        return frozenset(how for handler in self.handlers for how in handler.identities)

    @property
    def cookie_sessions(self) -> bool:
        """Whether callers are known, somewhere, by a cookie that their browser sends by itself."""
        return bool(self.identities & {"session", "cookie"})

    def owns(self, path: str) -> bool:
        """Whether a file belongs to this application rather than to another of the target."""
        if path not in self._owned:
            self._owned[path] = _home(path, (self.folder, *self.siblings)) == self.folder
        return self._owned[path]

    def modules(self, keywords: Collection[str]) -> Iterator[Module]:
        """The application's own code files that contain a keyword, tests left out."""
        for path in self.project.saying(LANGUAGES, keywords):
            module = self.project.module(path) if self.owns(path) and is_product(path) else None
            if module is not None:
                yield module

    def code(self, keywords: Collection[str]) -> Iterator[str]:
        """What the files with a keyword say as code, see `spoken`: a control that is only a comment is none."""
        for module in self.modules(keywords):
            if module.path not in self._spoken:
                self._spoken[module.path] = spoken(module)
            yield self._spoken[module.path]

    @cached_property
    def _owned(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _spoken(self) -> dict[str, str]:
        return {}

    def mentions(self, *keywords: str) -> bool:
        """Whether the application's code says one of these texts."""
        return any(keyword in said for said in self.code([keyword.strip() for keyword in keywords]) for keyword in keywords)


_last: list[tuple[Project, tuple[Route, ...], tuple[Application, ...]]] = []


def applications(project: Project, routes: Sequence[Route]) -> tuple[Application, ...]:
    """The applications of a target, by folder. The last answer is remembered, so that every check shares it."""
    wanted = tuple(routes)
    if _last and _last[0][0] is project and _last[0][1] == wanted:
        return _last[0][2]
    found = tuple(_applications(project, wanted))
    _last[:] = [(project, wanted, found)]
    return found


def forget() -> None:
    """Let go of the last answer, and of all the code that its handlers were followed through."""
    _last.clear()


def spoken(module: Module) -> str:
    """A file's names, imports, texts and `name=constant` pairs, one a line, without its comments."""
    said: list[str] = [f"{source} {name}" for source, name in module.imports.values()]
    for node in walk(module.body):
        if isinstance(node, (Name, Attribute)):
            said.append(dotted(node) or getattr(node, "name", ""))
        elif isinstance(node, Literal):
            said.append(str(node.value))
        elif isinstance(node, Keyword):
            said.append(f"{node.name}={text(node.value) or ''}")
        elif isinstance(node, Mapping):
            said.extend(f"{text(key)}={text(value)}" for key, value in node.entries if text(key) and text(value))
        elif isinstance(node, Assign):
            said.extend(f"{_key(target)}={text(node.value)}" for target in node.targets if text(node.value))
    return "\n".join(["", *said])


def _key(target: object) -> str:
    return text(target.index) or "" if isinstance(target, Subscript) else dotted(target)


def _applications(project: Project, routes: tuple[Route, ...]) -> Iterator[Application]:
    models, provided = data_models(project), provisions(project)
    callees = Callees(project, models)
    constructions = tuple(_constructions(project))
    folders = tuple(sorted({made.folder for made in constructions})) or ("",)
    grouped: dict[str, list[Summary]] = defaultdict(list)
    for route in routes:
        if route.handler is None or route.type != "http" or not is_product(route.handler.file):
            continue
        summary = summarize(project, route, callees, provided)
        if summary is not None:
            grouped[_home(summary.path, folders)].append(summary)
    for folder in sorted(grouped):
        made = tuple(c for c in constructions if c.folder == folder)
        yield Application(project, folder, made, tuple(grouped[folder]), models, tuple(other for other in folders if other != folder))


def _constructions(project: Project) -> Iterator[Construction]:
    for module in project.modules(LANGUAGES, _KEYWORDS):
        if not is_product(module.path):
            continue
        for node in walk(module.body):
            if isinstance(node, Call) and (framework := CONSTRUCTORS.get(project.qualified(module, node.callee))):
                yield Construction(framework, module.path, node.line, node.end)


def _home(path: str, folders: Sequence[str]) -> str:
    """The folder that shares the most leading folders with a path; of equals the shortest, then the first."""
    own = posixpath.dirname(path).split("/")

    def shared(folder: str) -> int:
        count = 0
        for left, right in zip(own, folder.split("/"), strict=False):
            if left != right:
                break
            count += 1
        return count if folder else 0

    return min(folders, key=lambda folder: (-shared(folder), folder.count("/"), folder))
