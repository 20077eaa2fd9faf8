"""Azure Functions: HTTP triggers of `function.json`; the key that a function asks for is its authentication."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.observations import Handler
from threat_modeling.codebase.stated import Document, documents, strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Route
    from threat_modeling.codebase.project import Project

KEYWORDS: Final = ("httpTrigger",)
_SCRIPTS: Final = ("__init__.py", "index.js", "index.ts", "run.csx", "run.ps1")


def routes(project: Project) -> Iterator[Route]:
    """The HTTP triggers of all functions of a project."""
    for path, root in documents(project, KEYWORDS, ("json",)):
        bindings = root.get("bindings")
        for binding in bindings.elements if bindings is not None and path.endswith("function.json") else ():
            if binding.string("type") != "httpTrigger":
                continue
            folder = posixpath.dirname(path)
            document = Document(project, path, "azure-functions")
            level = binding.string("authLevel") or "function"
            guards = [] if level == "anonymous" else [document.guard(binding, f"authLevel {level}")]
            route = binding.string("route") or posixpath.basename(folder)
            scripts = (posixpath.normpath(posixpath.join(folder, name)) for name in (root.string("scriptFile"), *_SCRIPTS) if name)
            script = next((name for name in scripts if name in project.paths), None)
            handler = Handler(file=script, line=1, end=1, function=root.string("entryPoint") or "main") if script else None
            for method in strings(binding.get("methods")) or ["ANY"]:
                yield document.route(method, f"/api/{route.lstrip('/')}", binding, guards=guards, handler=handler)
