"""Settings of an application: `.properties` and YAML files beside its code, for placeholders and base paths."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.yaml_lines import flattened

if TYPE_CHECKING:
    from threat_modeling.codebase.project import Project

_FILE: Final = re.compile(r"(?:^|/)(?:application|bootstrap|config|microprofile-config|server|openapi)\.(?:properties|ya?ml)$")
_SOURCES: Final = re.compile(r"(?:^|/)(?:src|app|conf|config|resources)(?:/|$)")
_PLACEHOLDER: Final = re.compile(r"\$\{([^}:]+)(?::([^}]*))?\}")
_MAX_ROUNDS: Final = 4


class Settings:
    """The settings of each application of a target: a file counts for all that stands below the folder of its build."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def _roots(self) -> list[tuple[str, dict[str, str]]]:
        """Folder of a build and its settings, the innermost first; read when they are first asked for."""
        merged: dict[str, dict[str, str]] = {}
        for path in sorted(path for path in self._project.paths if _FILE.search(path)):
            if "/test/" not in f"/{path}":
                merged.setdefault(_root(path), {}).update(_read(path, self._project.text(path) or ""))
        return sorted(merged.items(), key=lambda entry: -len(entry[0]))

    def of(self, path: str) -> dict[str, str]:
        """The settings that count for a file: those of the nearest folder around it."""
        return next((found for root, found in self._roots if path.startswith(root)), {})

    def first(self, path: str, *keys: str) -> str:
        """The first of these settings that is there, placeholders filled in; "" where none is."""
        found = self.of(path)
        return next((self.filled(path, found[key]) for key in keys if found.get(key)), "")

    def filled(self, path: str, text: str) -> str:
        """A text with `${key}` and `${key:default}` replaced by settings; an unknown key becomes a parameter."""
        found = self.of(path)
        for _ in range(_MAX_ROUNDS):
            if "${" not in text:
                break
            text = _PLACEHOLDER.sub(lambda match: found.get(match[1].strip(), match[2] if match[2] is not None else f"{{{match[1].strip()}}}"), text)
        return text


def _root(path: str) -> str:
    """The folder of the build that a settings file belongs to, with a slash at its end, "" for the target itself."""
    folders = path.split("/")[:-1]
    for index, folder in enumerate(folders):
        if _SOURCES.match(folder):
            return "".join(f"{name}/" for name in folders[:index])
    return "".join(f"{name}/" for name in folders)


def _read(path: str, text: str) -> dict[str, str]:
    if path.endswith(".properties"):
        pairs = (line.partition("=") if "=" in line else line.partition(":") for line in text.split("\n") if not line.lstrip().startswith(("#", "!")))
        return {key.strip(): value.strip() for key, separator, value in pairs if separator}
    lines, _ = flattened(text)
    pairs = (line.text.partition(": ") for line in lines)
    return {key: value for key, _, value in pairs}
