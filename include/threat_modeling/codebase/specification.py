"""OpenAPI 2 and 3 documents of a target: operations with absolute paths, parameters and security, references resolved."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from threat_modeling.codebase.documents import DocumentRefused, Value, parse
from threat_modeling.codebase.observations import Parameter, Skip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.project import Project

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
MAX_REFERENCES: Final = 6
MAX_PROPERTIES: Final = 60

_VERSION = re.compile(r"""^[\s{]*["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]""", re.MULTILINE)
_SOURCES: Final = {"path": "path", "query": "query", "header": "header", "cookie": "cookie", "formData": "body", "body": "body"}


@dataclass(frozen=True, slots=True)
class Security:
    """One scheme that an operation asks for; `line` is where it does."""

    name: str
    line: int
    scopes: bool
    whole: bool
    """Asked for by the whole document, not by the operation."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path; lines are those of the document."""

    method: str
    path: str
    own_path: str
    """Without the base path."""
    line: int
    end: int
    value: Value
    item: Value
    security: tuple[Security, ...]
    parameters: tuple[Parameter, ...]


class Specification:
    """One document; references into other files of the target are followed."""

    def __init__(self, project: Project, path: str, root: Value) -> None:
        self.path = path
        self.root = root
        self._project = project
        self._files: dict[str, Value | None] = {path: root}

    @property
    def base(self) -> str:
        """The path under which the first server serves the document's paths; "" for the root."""
        if self.root.get("swagger"):
            return self.root.string("basePath").rstrip("/")
        servers = self.root.get("servers")
        server = servers.elements[0] if servers is not None and servers.elements else None
        if server is None:
            return ""
        variables = server.get("variables")
        url = re.sub(r"\{([^{}]*)\}", lambda match: variables.string(match[1], "default") if variables else "", server.string("url"))
        try:
            return urlsplit(url).path.rstrip("/")
        except ValueError:
            return ""

    def operations(self, base: str | None = None) -> Iterator[Operation]:
        """All operations in the document's order; `base` in place of its own base path."""
        prefix = self.base if base is None else base.rstrip("/")
        paths = self.root.get("paths")
        for path, written in paths.entries.items() if paths is not None else ():
            item = self.followed(written)
            for method in METHODS:
                value = item.get(method)
                if value is not None and path.startswith("/"):
                    line = item.keys[method] if item is written and method in item.keys else paths.keys[path] if paths else 1
                    end = value.end if item is written else line
                    yield Operation(
                        method.upper(),
                        prefix + path,
                        path,
                        line,
                        max(line, end),
                        value,
                        item,
                        tuple(self._security(value)),
                        self._parameters(item, value),
                    )

    def followed(self, value: Value) -> Value:
        """The value behind a `$ref`, or the value itself."""
        where = self.path
        for _ in range(MAX_REFERENCES):
            reference = value.string("$ref")
            if not reference:
                return value
            file, _, pointer = reference.partition("#")
            if file:
                where = posixpath.normpath(posixpath.join(posixpath.dirname(where), file))
            found = self._file(where)
            for key in (part for part in pointer.split("/") if part):
                found = found.get(key.replace("~1", "/").replace("~0", "~")) if found is not None else None
            if found is None:
                return value
            value = found
        return value

    def _file(self, path: str) -> Value | None:
        if path not in self._files:
            text = self._project.text(path)
            try:
                self._files[path] = None if text is None else parse(text)
            except DocumentRefused:
                self._files[path] = None
        return self._files[path]

    def schemes(self) -> dict[str, Value]:
        """The security schemes that the document defines."""
        found = self.root.get("securityDefinitions") or self.root.get("components", "securitySchemes")
        return {name: self.followed(value) for name, value in found.entries.items()} if found is not None else {}

    def _security(self, operation: Value) -> Iterator[Security]:
        own = operation.get("security")
        given = own if own is not None else self.root.get("security")
        if given is None or any(not requirement.entries for requirement in given.elements):
            return
        for requirement in given.elements:
            for name, scopes in requirement.entries.items():
                yield Security(name, requirement.keys[name], bool(scopes.elements), own is None)

    def _parameters(self, item: Value, operation: Value) -> tuple[Parameter, ...]:
        found: dict[tuple[str, str], Parameter] = {}
        for holder in (item, operation):
            listed = holder.get("parameters")
            for written in listed.elements if listed is not None else ():
                for parameter in self._parameter(self.followed(written)):
                    found[parameter.name, parameter.source] = parameter
        body = operation.get("requestBody")
        for parameter in self._body(self.followed(body)) if body is not None else ():
            found[parameter.name, parameter.source] = parameter
        return tuple(found.values())

    def _parameter(self, value: Value) -> Iterator[Parameter]:
        name, place = value.string("name")[:200], value.string("in")
        kind = value.string("schema", "type") or value.string("type")
        if place == "body":
            schema = value.get("schema")
            yield from self._properties(self.followed(schema)) if schema is not None else ()
        elif name and place in _SOURCES:
            yield Parameter.model_validate({"name": name, "source": "file" if kind == "file" else _SOURCES[place], "type": kind or None})

    def _body(self, value: Value) -> Iterator[Parameter]:
        content = value.get("content")
        for media in content.entries.values() if content is not None else ():
            schema = self.followed(media).get("schema")
            if schema is not None:
                yield from self._properties(self.followed(schema))

    def _properties(self, schema: Value) -> Iterator[Parameter]:
        properties = schema.get("properties")
        for name, written in list(properties.entries.items())[:MAX_PROPERTIES] if properties is not None else ():
            value = self.followed(written)
            source = "file" if value.string("format") == "binary" else "body"
            if name:
                yield Parameter.model_validate({"name": name[:200], "source": source, "type": value.string("type") or None})


def specifications(project: Project) -> Iterator[Specification]:
    """The OpenAPI documents of a target, in path order; one that can't be read within the bounds is recorded as skipped."""
    for file in project.files:
        text = project.text(file.path) if file.language in {"yaml", "json"} else None
        if text is None or not _VERSION.search(text, 0, 20_000) or "paths" not in text:
            continue
        try:
            root = parse(text)
        except DocumentRefused as reason:
            project.skip(Skip(path=file.path, reason=f"OpenAPI document {reason}"))
            continue
        if root.get("paths") is not None:
            yield Specification(project, file.path, root)
