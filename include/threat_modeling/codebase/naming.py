"""Which language a file is written in, told by its name alone."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from threat_modeling.codebase.languages import extensions

COUNTED: Final = {
    ".astro": "astro",
    ".bash": "shell",
    ".bat": "batch",
    ".c": "c",
    ".cc": "cpp",
    ".cfg": "ini",
    ".clj": "clojure",
    ".cljs": "clojure",
    ".cob": "cobol",
    ".conf": "configuration",
    ".cpp": "cpp",
    ".cr": "crystal",
    ".cshtml": "razor",
    ".css": "css",
    ".cxx": "cpp",
    ".dart": "dart",
    ".dockerfile": "dockerfile",
    ".ejs": "template",
    ".erl": "erlang",
    ".ex": "elixir",
    ".exs": "elixir",
    ".f90": "fortran",
    ".fs": "fsharp",
    ".gql": "graphql",
    ".gradle": "groovy",
    ".graphql": "graphql",
    ".groovy": "groovy",
    ".h": "c",
    ".haml": "template",
    ".hbs": "template",
    ".hcl": "hcl",
    ".hpp": "cpp",
    ".hs": "haskell",
    ".htm": "html",
    ".html": "html",
    ".ini": "ini",
    ".ipynb": "notebook",
    ".j2": "template",
    ".jinja": "template",
    ".jinja2": "template",
    ".jl": "julia",
    ".json": "json",
    ".jsp": "jsp",
    ".less": "css",
    ".lua": "lua",
    ".m": "objectivec",
    ".mako": "template",
    ".md": "markdown",
    ".ml": "ocaml",
    ".nim": "nim",
    ".pl": "perl",
    ".pm": "perl",
    ".properties": "properties",
    ".proto": "protobuf",
    ".ps1": "powershell",
    ".pug": "template",
    ".pyi": "python-stub",
    ".r": "r",
    ".rst": "restructuredtext",
    ".sass": "css",
    ".scala": "scala",
    ".scss": "css",
    ".sh": "shell",
    ".slim": "template",
    ".sol": "solidity",
    ".sql": "sql",
    ".svelte": "svelte",
    ".swift": "swift",
    ".tf": "hcl",
    ".toml": "toml",
    ".twig": "template",
    ".v": "verilog",
    ".vb": "visualbasic",
    ".vue": "vue",
    ".xhtml": "html",
    ".xml": "xml",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".zig": "zig",
    ".zsh": "shell",
}
"""Languages that are told apart and counted; those that are lowered say so themselves, in languages/."""

NAMED: Final = {
    "dockerfile": "dockerfile",
    "containerfile": "dockerfile",
    "makefile": "make",
    "jenkinsfile": "groovy",
    "gemfile": "ruby",
    "rakefile": "ruby",
    "vagrantfile": "ruby",
    "go.mod": "go-module",
    "cmakelists.txt": "cmake",
}

CODE: Final = frozenset(
    [
        "bash",
        "batch",
        "c",
        "clojure",
        "cobol",
        "cpp",
        "crystal",
        "csharp",
        "dart",
        "elixir",
        "erlang",
        "fortran",
        "fsharp",
        "go",
        "groovy",
        "haskell",
        "java",
        "javascript",
        "jsp",
        "jsx",
        "julia",
        "kotlin",
        "lua",
        "nim",
        "objectivec",
        "ocaml",
        "perl",
        "php",
        "powershell",
        "python",
        "r",
        "razor",
        "ruby",
        "rust",
        "scala",
        "shell",
        "solidity",
        "svelte",
        "swift",
        "tsx",
        "typescript",
        "verilog",
        "visualbasic",
        "vue",
        "zig",
        "astro",
    ]
)
"""Languages of programs, as against data, documents and styles."""


def language_of(path: str) -> str | None:
    """The language's name in lower case, or None where the name tells nothing."""
    name = path.rpartition("/")[2].lower()
    if name.startswith(("dockerfile.", "containerfile.")):
        return "dockerfile"
    extension = posixpath.splitext(name)[1]
    return NAMED.get(name) or extensions().get(extension) or COUNTED.get(extension)


_TEST_FOLDERS: Final = frozenset({"test", "tests", "testing", "__tests__", "e2e", "spec", "specs", "__mocks__"})
_TEST_NAMES: Final = re.compile(r"^(?:test_.*|.*_test|tests|conftest|.*\.(?:test|spec|e2e))\.\w+$")


def is_test(path: str) -> bool:
    """Tell code that tests the application: it is read, but what it registers is no entry point of the application."""
    *folders, name = path.lower().split("/")
    return not _TEST_FOLDERS.isdisjoint(folders) or bool(_TEST_NAMES.match(name))
