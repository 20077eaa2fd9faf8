"""PHP without a framework: each file that a web server hands to PHP answers at its own path.

Where a target has a folder for what is public, the files in it; elsewhere every file that does something when it runs. A file of
classes, functions or settings alone answers nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.php.classes import Served
from threat_modeling.codebase.php.composer import required, uses
from threat_modeling.codebase.php.requests import SUPERGLOBALS
from threat_modeling.codebase.php.router import Router
from threat_modeling.codebase.syntax import Assign, Call, Class, Evaluate, Export, Function, Import, Name, Return, dotted, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.syntax import Module, Statement

LANGUAGES: Final = ("php",)
KEYWORDS: Final = ("<?",)
WEB_ROOTS: Final = frozenset({"public", "web", "webroot", "htdocs", "www", "public_html", "html", "docroot", "httpdocs"})
FRAMEWORKS: Final = (
    *("laravel/", "illuminate/", "symfony/framework-bundle", "symfony/http-kernel", "slim/", "cakephp/", "yiisoft/", "phalcon/", "ext-phalcon"),
    *("laminas/", "mezzio/", "zendframework/", "hyperf/", "topthink/", "codeigniter4/", "magento/", "drupal/", "october/", "typo3/"),
)
_HOOKED: Final = ("add_action(", "add_filter(", "ABSPATH", "register_rest_route(")
"""Words of WordPress, which loads such files itself."""
_HIDDEN: Final = re.compile(
    r"(?:^|/)(?:vendor|node_modules|includes?|inc|lib|libs|src|app|classes|config|templates?|views?|partials|migrations|database|cli|bin|scripts)/"
    r"|(?:^|/)(?:RoboFile|config|functions|bootstrap|autoload|\.php-cs-fixer(?:\.dist)?|rector|ecs|phpstan[\w-]*)\.php$|\.(?:inc|tpl|class|config|blade)\.php$"
)


def routes(project: Project) -> Iterator[Route]:
    """The files of a target that answer requests."""
    roots = _roots(project)
    reader = _Files(project)
    for module in project.modules(LANGUAGES, KEYWORDS):
        path = module.path
        if not path.endswith((".php", ".php5", ".phtml")) or is_test(path):
            continue
        root = next((one for one in roots if path.startswith(one)), None)
        if root is None and (any(_same_application(one, path) for one in roots) or _HIDDEN.search(path) or _framed(project, path)):
            continue
        if root is None and any(word in (project.text(path) or "") for word in _HOOKED):
            continue
        if root is None and not _asks(module) and not _speaks(module):
            continue
        if _runs(module.body):
            yield reader.file(module, path.removeprefix(root or ""))


class _Files(Router):
    framework: ClassVar[str] = "php"

    def file(self, module: Module, path: str) -> Route:
        """The route of one file; a method is required where it looks at one."""
        last = module.lines
        whole = Function(1, max(last, 1), path.rpartition("/")[2], body=module.body)
        return self.route("ANY", f"/{path}", module, Evaluate(1, 1, Name(1, 1, "")), Served(module, whole, whole.name), ())


def _roots(project: Project) -> list[str]:
    """The folders of public files that hold a script; of folders one in another the inner one."""
    found: set[str] = set()
    for path in project.paths:
        if path.endswith(".php"):
            parts = path.split("/")[:-1]
            for position, part in enumerate(parts):
                if part in WEB_ROOTS and not _HIDDEN.search("/".join(parts[:position]) + "/"):
                    found.add("/".join(parts[: position + 1]) + "/")
                    break
    return sorted(found)


def _same_application(root: str, path: str) -> bool:
    """Whether a file stands in the application that a folder of public files belongs to."""
    return path.startswith(root.rstrip("/").rpartition("/")[0])


def _framed(project: Project, path: str) -> bool:
    """Whether a file stands in an application of a framework, whose routes other resolvers read."""
    return bool(uses(project, path, *FRAMEWORKS)) or (not required(project) and "/wp-content/" in path)


def _runs(body: tuple[Statement, ...]) -> bool:
    """Tell a file that does something from one that defines or returns something."""
    for statement in body:
        if isinstance(statement, Import | Class | Function | Export | Assign):
            if isinstance(statement, Assign) and any(isinstance(node, Name) and node.id in SUPERGLOBALS for node in walk(statement)):
                return True
            continue
        if isinstance(statement, Return):
            return False
        if not (isinstance(statement, Evaluate) and _defines(statement)):
            return True
    return False


def _defines(statement: Evaluate) -> bool:
    """`define(...)`, `include`, `defined(...) or exit`."""
    value = statement.value
    name = dotted(value.callee) if isinstance(value, Call) else ""
    return name in {"define", "include", "ini_set", "error_reporting", "spl_autoload_register"} or any(
        isinstance(node, Call) and dotted(node.callee) == "defined" for node in walk(value)
    )


def _asks(module: Module) -> bool:
    """Whether a script reads the request."""
    return any(isinstance(node, Name) and (node.id in SUPERGLOBALS or node.id == "$_SESSION") for node in walk(module.body))


def _speaks(module: Module) -> bool:
    """Whether a script answers when it is asked: it writes something out, at its top."""
    return any(
        isinstance(node, Call) and dotted(node.callee) in {"echo", "print", "header", "json_encode", "printf"} for node in walk(_top(module.body))
    )


def _top(body: tuple[Statement, ...]) -> tuple[Statement, ...]:
    return tuple(statement for statement in body if not isinstance(statement, Class | Function))
