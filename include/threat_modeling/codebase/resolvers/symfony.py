"""Symfony: routes in attributes, annotations, YAML and PHP configuration, with prefixes of imports; access control by path and by mark."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.documents import DocumentRefused, Value, parse
from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.access_control import AccessControl
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.paths import joined, methods_of, template, text_of
from threat_modeling.codebase.php.router import Router, argument, chain
from threat_modeling.codebase.syntax import Call, Class, Expression, Function, Mapping, Module, Name, dotted, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

LANGUAGES: Final = ("php", "yaml")
KEYWORDS: Final = ("Symfony\\", "Sensio\\", "@Route", "RoutingConfigurator")
_CONFIG: Final = re.compile(r"(?:^|/)(?:config/(?:\w+/)*)?(?:routes|routing)(?:[./_-][\w./-]*)?\.ya?ml$")
_MARKS: Final = frozenset({"Route", "Get", "Post", "Put", "Patch", "Delete", "Head", "Options"})


def routes(project: Project) -> Iterator[Route]:
    """The routes of every Symfony application of a target."""
    reader = _Symfony(project)
    imports: dict[str, str] = {}
    for path in sorted(path for path in project.paths if _CONFIG.search(path) and not is_test(path)):
        yield from reader.configured(path, imports)
    for module in project.modules(("php",), KEYWORDS):
        if is_test(module.path):
            continue
        prefix = max((one for folder, one in imports.items() if module.path.startswith(folder)), key=len, default="")
        for node in module.body:
            if isinstance(node, Class):
                yield from reader.controller(module, node, prefix)
        if "RoutingConfigurator" in (project.text(module.path) or ""):
            yield from reader.chained(module)


class _Symfony(Router):
    framework: ClassVar[str] = "symfony"

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._access = AccessControl(self)

    def controller(self, module: Module, node: Class, above: str) -> Iterator[Route]:
        """The marked methods of a class, below the class's own mark."""
        marks = [mark for mark in node.decorators if _is_route(module, mark)]
        if not any(_is_route(module, mark) for member in node.body if isinstance(member, Function) for mark in member.decorators) and not marks:
            return
        prefixes = [path for mark in marks for path in _paths(mark)] or [""]
        narrowed = [methods for mark in marks if (methods := _methods(mark))]
        around = tuple(self.granted(module, node.decorators, "router"))
        for method in node.body:
            if not isinstance(method, Function):
                continue
            served = Served(module, method, f"{node.name}.{method.name}", node)
            own = (*around, *self.granted(module, method.decorators, "route"))
            found = [mark for mark in method.decorators if _is_route(module, mark)]
            invoked = not found and method.name == "__invoke"
            for mark in marks if invoked else found:
                places = [joined(prefix, path) for prefix in ([""] if invoked else prefixes) for path in _paths(mark) or [""]]
                for place in places:
                    for one in _methods(mark) or (narrowed[0] if narrowed else ("ANY",)):
                        full = template(joined(above, place))
                        yield self.route(one, full, module, method, served, (*own, *self._access.of(full, one)))

    def granted(self, module: Module, decorators: tuple[Expression, ...], reach: str) -> Iterator[Guard]:
        """`#[IsGranted("ROLE_ADMIN")]`, `@Security("...")`."""
        for mark in decorators:
            if isinstance(mark, Call) and dotted(mark.callee).rpartition(".")[2] in {"IsGranted", "Security"}:
                said = text_of(argument(mark, 0, "attribute")) or ""
                yield self.guard(module, mark, ControlCategory.AUTHENTICATION, "IsGranted", "router" if reach == "router" else "route")
                if not re.search(r"IS_AUTHENTICATED|PUBLIC_ACCESS", said) and said != "ROLE_USER":
                    yield self.guard(module, mark, ControlCategory.AUTHORIZATION, "IsGranted", "router" if reach == "router" else "route")

    def chained(self, module: Module) -> Iterator[Route]:
        """`$routes->add("name", "/a")->controller([A::class, "b"])->methods(["GET"])` of config/routes.php."""
        inner = {id(node.callee.object) for node in walk(module.body) if isinstance(node, Call) and hasattr(node.callee, "object")}
        for node in walk(module.body):
            if not isinstance(node, Call) or id(node) in inner:
                continue
            root, links = chain(node)
            if not isinstance(root, Name) or root.id != "$routes" or not links or links[0].name != "add":
                continue
            words = {link.name: link.call for link in links}
            path = text_of(argument(links[0].call, 1))
            methods = methods_of(argument(words["methods"], 0)) if "methods" in words else ("ANY",)
            served = self.known.handler(module, argument(words["controller"], 0)) if "controller" in words else None
            for one in methods if path is not None else ():
                full = template(path or "")
                yield self.route(one, full, module, node, served, self._access.of(full, one))

    def configured(self, path: str, imports: dict[str, str]) -> Iterator[Route]:
        """One YAML file of routes; what it imports with a prefix is noted for the classes in that folder."""
        try:
            document = parse(self.project.text(path) or "")
        except DocumentRefused:
            return
        for value in document.entries.values():
            resource = value.string("resource") or value.string("resource", "path")
            if resource:
                folder = _folder(path, resource)
                prefix = value.string("prefix")
                if folder is not None and prefix:
                    imports[folder] = prefix
            elif value.get("path") is not None and (value.get("controller") or value.get("defaults") or value.get("methods")):
                yield from self.listed(path, value)

    def listed(self, path: str, value: Value) -> Iterator[Route]:
        """One route of a YAML file."""
        given = value.get("methods")
        texts = [element.text or "" for element in given.elements] if given is not None and given.elements else [value.string("methods")]
        methods = [word.upper() for text in texts for word in re.split(r"[|,\s]+", text) if word] or ["ANY"]
        written = value.string("controller") or value.string("defaults", "_controller")
        served = self.named(path, written)
        places = [value.string("path")] if value.string("path") else [entry.text or "" for entry in (value.get("path") or value).entries.values()]
        for place in places:
            for one in methods:
                yield self.of_document(path, value, one, template(place), served)

    def of_document(self, path: str, value: Value, method: str, place: str, served: Served | None) -> Route:
        """A route whose registration is no PHP."""
        document = Module(path, "yaml")
        return self.route(method, place, document, Name(value.line, min(value.end, value.line + 5), ""), served, self._access.of(place, method))

    def named(self, importer: str, written: str) -> Served | None:
        r"""`App\Controller\A::b`, or a class with __invoke."""
        name, _, method = written.strip("\\").partition("::")
        if not name:
            return None
        document = Module(next((path for path in sorted(self.project.paths) if path.endswith(".php")), importer), "php")
        return self.known.method(self.known.named(document, name.replace("\\", ".")), method or "__invoke")


def _is_route(module: Module, mark: Expression) -> bool:
    """Tell Symfony's own marks, and those of FOSRestBundle, from other frameworks' that are called the same."""
    if not isinstance(mark, Call):
        return False
    name = dotted(mark.callee)
    source = module.imports.get(name.partition(".")[0], (name, ""))[0]
    return name.rpartition(".")[2] in _MARKS and source.startswith(("Symfony.", "Sensio.", "FOS."))


def _paths(mark: Expression) -> list[str]:
    """The path of a mark; one a language where it has several."""
    given = argument(mark, 0, "path") if isinstance(mark, Call) else None
    if isinstance(given, Mapping):
        return [path for _, value in given.entries if (path := text_of(value)) is not None]
    found = text_of(given)
    return [] if found is None else [found]


def _methods(mark: Expression) -> tuple[str, ...]:
    name = dotted(mark.callee).rpartition(".")[2] if isinstance(mark, Call) else ""
    if name in _MARKS - {"Route"}:
        return (name.upper(),)
    given = argument(mark, 9, "methods") if isinstance(mark, Call) else None
    return methods_of(given) if given is not None else ()


def _folder(path: str, resource: str) -> str | None:
    """The folder that `../src/Controller/` of a configuration names."""
    if resource.startswith("@"):
        return None
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), resource))
    return None if found.startswith("..") else found
