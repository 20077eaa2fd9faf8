"""GraphQL schemas, in files and in code: fields of the root types, served by the resolver of the same name where one is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.naming import is_test
from threat_modeling.codebase.observations import Handler, Parameter
from threat_modeling.codebase.stated import Document, texts
from threat_modeling.codebase.syntax import Function, Literal, Mapping, walk
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.observations import Guard, Route
    from threat_modeling.codebase.project import Project

CODE: Final = ("javascript", "typescript", "jsx", "tsx")
_OTHERS: Final = "metadata/actions.graphql"
"""Hasura's actions, which its metadata state too."""
_ROOTS: Final = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
_HIDDEN: Final = re.compile(r'"""(?s:.*?)"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*')
_SCHEMA: Final = re.compile(r"\bschema\b[^{}]{0,300}\{([^{}]*)\}")
_TYPE: Final = re.compile(r"\btype\s+(\w+)[^{}]{0,300}\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_FIELD: Final = re.compile(r"\b(\w+)\s*(\((?:[^()]|\([^()]*\))*\))?\s*:\s*[\[\]\w!]+((?:\s*@\w+(?:\([^()]*\))?)*)")
_ARGUMENT: Final = re.compile(r"\b(\w+)\s*:\s*([\[\]\w!]+)")
_TEMPLATE: Final = re.compile(
    r"(?:\b(?:gql|graphql)|#graphql|buildSchema\(\s{0,50}|typeDefs\s{0,9}[:=]\s{0,50}(?:/\*\s{0,9}GraphQL\s{0,9}\*/)?)\s{0,50}`([^`]*)`|`\s{0,50}#graphql([^`]*)`"
)
_DIRECTIVE: Final = re.compile(r"@(\w+)")
_GUARDS: Final = (
    (re.compile(r"^(?:auth|authenticated|isAuthenticated|requireAuth|aws_\w+|login)$", re.IGNORECASE), ControlCategory.AUTHENTICATION),
    (re.compile(r"^(?:hasRole|hasScope|requiresScopes|can|policy|hasPermissions?|adminOnly)$", re.IGNORECASE), ControlCategory.AUTHORIZATION),
    (re.compile(r"^(?:rateLimit|throttle|cost)$", re.IGNORECASE), ControlCategory.RATE_LIMITING),
    (re.compile(r"^(?:constraint|validate|rules)$", re.IGNORECASE), ControlCategory.INPUT_VALIDATION),
)


def routes(project: Project) -> Iterator[Route]:
    """The fields of the root types of all schemas of a project."""
    sources = [(path, text, 0) for path, text in texts(project, ("type ", "schema"), ("graphql",)) if not path.endswith(_OTHERS)]
    for path, text in texts(project, ("type Query", "type Mutation", "type Subscription"), CODE):
        for match in _TEMPLATE.finditer(text) if not is_test(path) else ():
            group = 1 if match[1] is not None else 2
            sources.append((path, match[group], text.count("\n", 0, match.start(group))))
    if not sources:
        return
    resolvers = _resolvers(project)
    seen: set[tuple[str, str]] = set()
    for path, schema, above in sources:
        yield from _schema(Document(project, path, "graphql"), schema, above, resolvers, seen)


def _schema(document: Document, schema: str, above: int, resolvers: dict[tuple[str, str], Handler], seen: set[tuple[str, str]]) -> Iterator[Route]:
    plain = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), schema)
    roots = dict(zip(_ROOTS.values(), _ROOTS.values(), strict=True))
    stated = _SCHEMA.search(plain)
    if stated is not None:
        roots = {kind: _ROOTS[role] for role, kind in _ARGUMENT.findall(stated[1]) if role in _ROOTS}
    for kind in _TYPE.finditer(plain):
        root = roots.get(kind[1])
        for field in _FIELD.finditer(kind[2]) if root is not None else ():
            if root is None or field[1].startswith("_") or (root, field[1]) in seen:
                continue
            seen.add((root, field[1]))
            line = above + plain.count("\n", 0, kind.start(2) + field.start(1)) + 1
            taken = [Parameter(name=name[:200], source="body", type=written) for name, written in _ARGUMENT.findall(field[2] or "")]
            handler = resolvers.get((root, field[1]))
            yield document.route(
                "POST",
                f"/graphql#{root}.{field[1]}",
                line,
                type="graphql",
                parameters=taken,
                handler=handler,
                guards=_guards(document, line, field[3] or ""),
                documented_only=handler is None and document.path.endswith((".graphql", ".gql")),
            )


def _guards(document: Document, line: int, directives: str) -> Iterator[Guard]:
    for name in _DIRECTIVE.findall(directives):
        for pattern, category in _GUARDS:
            if pattern.search(name):
                yield document.guard(line, f"@{name}", category)


def _resolvers(project: Project) -> dict[tuple[str, str], Handler]:
    """(root, field) -> the function that a map such as `{Query: {users: (...) => ...}}` gives for it."""
    found: dict[tuple[str, str], Handler] = {}
    for module in project.modules(CODE, ("Query", "Mutation", "Subscription")):
        for node in walk(module.body):
            for root in _ROOTS.values() if isinstance(node, Mapping) else ():
                fields = node.get(root) if isinstance(node, Mapping) else None
                for key, value in fields.entries if isinstance(fields, Mapping) else ():
                    if isinstance(key, Literal) and isinstance(key.value, str):
                        line, end = (value.line, value.end) if isinstance(value, Function) else (key.line, value.end)
                        found.setdefault((root, key.value), Handler(file=module.path, line=line, end=max(line, end), function=key.value))
    return found
