"""What made a session: the versions of this product and of the libraries its results depend on."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("threat-modeling", "apache-airflow", "ast-grep-py", "cvss", "pydantic")


def versions() -> dict[str, str]:
    """Package -> version, with Python's own; "" for what is not installed."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found
