"""A page of HTML that can't be made to act: every value escaped and made visible, nothing runs but blocks whose hashes it names."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from threat_modeling.exporters.material.wording import compact, figure, human, who
from threat_modeling.text import visible


@cache
def environment(package: str, folder: str) -> Environment:
    """The templates in a folder of a package, with the filters that say values in words."""
    made = Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters |= {"human": human, "token": token, "n": _number, "figure": figure, "who": who, "compact": compact}
    return made


@cache
def inline(package: str, path: str) -> Markup:
    """A style or script of ours, printed as it is."""
    return Markup(resources.files(package).joinpath(path).read_text("utf-8"))  # noqa: S704 - a file of this package


def policy(style: str, script: str, **sources: str) -> str:
    """A content security policy that lets only these two inline blocks work; `sources` opens more, such as img_src="'self'"."""
    opened = {
        "style-src": f"'{_hash(style)}'",
        "script-src": f"'{_hash(script)}'",
        "img-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    } | {name.replace("_", "-"): value for name, value in sources.items()}
    return "; ".join(["default-src 'none'", *(f"{name} {value}" for name, value in opened.items())])


def token(value: str) -> str:
    """One word for a space-separated attribute."""
    return re.sub(r"\s+", "_", value)


def _shown(value: Any) -> Any:
    """Every printed value that is not markup of ours is made visible before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
