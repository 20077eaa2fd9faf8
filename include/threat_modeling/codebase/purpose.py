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


def is_product(path: str) -> bool:
    """Tell whether a file is part of the product by its path: weaknesses of tests and examples are not the product's."""
    return not (_FOLDER.search(path) or _FILE.search(path))
