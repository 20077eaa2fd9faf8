"""Frameworks that serve files under their paths: what a file exports is its handler, what folders hold is the path."""

from __future__ import annotations

import re
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from threat_modeling.codebase.javascript.behavior import Observer
from threat_modeling.codebase.javascript.evaluation import Evaluation
from threat_modeling.codebase.javascript.handlers import handler, unwrapped
from threat_modeling.codebase.javascript.paths import names
from threat_modeling.codebase.javascript.requests import parameters
from threat_modeling.codebase.javascript.routing import is_test
from threat_modeling.codebase.javascript.values import Argument, Closure, Site, Value
from threat_modeling.codebase.javascript.verbs import LANGUAGES, Verbs
from threat_modeling.codebase.observations import Guard, Handler, Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from threat_modeling.codebase.project import Project

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


class FileRoutes:
    """Makes the routes of one framework of that kind in one project."""

    def __init__(self, project: Project, framework: str) -> None:
        self.project = project
        self.evaluation = Evaluation(project, Verbs())
        self._observer = Observer(self.evaluation)
        self._framework = framework
        self._languages = {file.path: file.language for file in project.files}

    def below(self, folder: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str]]]:
        """(path, match) of each file of a folder, tests left out, whose path below it matches."""
        prefix = f"{folder}/" if folder else ""
        for path in self.project.paths:
            if path.startswith(prefix) and not is_test(path) and (match := pattern.fullmatch(path[len(prefix) :])):
                yield path, match

    def exported(self, file: str, name: str) -> Value:
        """What a file exports under a name; None where it does not, or where that can't be known."""
        return self.evaluation.settled(self.evaluation.exported(file, name)) if self._languages.get(file) in LANGUAGES else None

    def exports(self, file: str, name: str) -> bool:
        """Whether a file exports a name, by itself or from another file."""
        if self._languages.get(file) not in LANGUAGES or self.evaluation.frame(file) is None:
            return False
        return self.evaluation.exports(file, name) or self.evaluation.exported(file, name) is not None

    def served(self, method: str, path: str, file: str, value: Value, name: str, guards: Iterable[Guard] = ()) -> Route:
        """A route that a value of a file serves; the file itself where that can't be followed."""
        where, closure = handler(self.evaluation, Argument(value, Site(file, 1, 1), name), Site(file, 1, 1))
        evidence = self.project.evidence(where.file, where.line, where.line)
        controls = self._observer.behavior(closure).controls if closure is not None else ()
        own = (Guard(category=category, name=where.function or name, scope="handler", evidence=evidence) for category in controls)
        return Route(
            method=method,
            path=path,
            framework=self._framework,
            handler=where if where.function else where.model_copy(update={"function": name}),
            registration=evidence,
            parameters=parameters(closure, names(path)),
            guards=tuple(dict.fromkeys((*guards, *own))),
        )

    def page(self, path: str, file: str, guards: Iterable[Guard] = ()) -> Route:
        """A page that a whole file is."""
        end = max(1, (self.project.text(file) or "").count("\n"))
        return Route(
            method="GET",
            path=path,
            framework=self._framework,
            handler=Handler(file=file, line=1, end=end, function=basename(file)),
            registration=self.project.evidence(file, 1, 1),
            parameters=parameters(None, names(path)),
            guards=tuple(dict.fromkeys(guards)),
        )

    def before(self, file: str, name: str, *, whole: bool) -> tuple[Guard, ...]:
        """What middleware that a file exports does to every request below it."""
        closure = unwrapped(self.evaluation, self.exported(file, name))
        if not isinstance(closure, Closure):
            return ()
        where = closure.function
        evidence = self.project.evidence(closure.frame.module.path, where.line, where.line)
        controls = self._observer.behavior(closure).controls
        shown = where.name or basename(file).partition(".")[0]
        return tuple(Guard(category=c, name=shown, scope="application" if whole else "router", evidence=evidence) for c in controls)


def bases(project: Project, configuration: str) -> list[str]:
    """The folders that hold a configuration file whose name matches, in order."""
    pattern = re.compile(configuration)
    return sorted({dirname(path) for path in project.paths if pattern.fullmatch(basename(path)) and not is_test(path)})


def depending(project: Project, package: str) -> list[str]:
    """The folders whose package.json or deno.json names a package."""
    found = [path for path in project.paths if basename(path) in {"package.json", "deno.json", "deno.jsonc"}]
    return sorted({dirname(path) for path in found if package in (project.text(path) or "")})


def bracketed(path: str) -> str:
    """A path of folders as it is served: groups and slots take no part, `[id]`, `[[id]]`, `[...id]` and `[id=kind]` are parameters."""
    parts = [part for part in path.strip("/").split("/") if part and not re.fullmatch(r"\([^()]*\)|@.*|index", part)]
    return "/" + "/".join(re.sub(r"\[+(?:\.\.\.)?(\w+)(?:=\w+)?\]+", r"{\1}", part) for part in parts)
