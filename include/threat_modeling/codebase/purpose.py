"""Tells the product's own code from what is kept beside it: tests, fixtures, examples."""

from __future__ import annotations

import re

_FOLDER = re.compile(
    r"(?:^|/)(?:tests?|testing|__tests__|__mocks__|__fixtures__|fixtures?|specs?|e2e|cypress|playwright|testdata|test_data|mocks?|examples?|samples?|demos?|benchmarks?|docs?_src|stories)/",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"(?:^|/)(?:test_[^/]*|tests?\.py|conftest\.py|[^/]*_tests?\.\w+|[^/]*[.\-_](?:test|spec|stories|mock|e2e|cy)\.\w+|[^/]*Tests?\.\w+)$"
)


_BUNDLED = re.compile(
    r"\A\s*(?:/\*!|/\*\*?[^/]{0,400}?(?:@license|\(c\)|copyright|licensed under)|\(function\(\)\{var \w=)|\A.{0,300}//# sourceURL=",
    re.IGNORECASE | re.DOTALL,
)
_SERVED = re.compile(r"(?:^|/)(?:static|public|assets|wwwroot|dist|libs?|js|javascripts?|vendors?)/", re.IGNORECASE)


def is_bundled(path: str, text: str) -> bool:
    """Tell a library of others that is kept among the files that a web server hands out, by its license at the top."""
    return path.endswith((".js", ".mjs", ".cjs")) and bool(_SERVED.search(path)) and bool(_BUNDLED.match(text[:1000]))


def is_product(path: str) -> bool:
    """Tell whether a file is part of the product by its path: weaknesses of tests and examples are not the product's.

    Below `src/main/` the names of folders are those of packages, where `test` and `benchmark` are words like any other.
    """
    return not (_FOLDER.search(path.partition("src/main/")[0] if "src/main/" in path else path) or _FILE.search(path))
